package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.taskGroup;

import dev.jawait.Task;
import dev.jawait.TaskGroupException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import java.util.List;
import java.util.stream.Stream;

public final class GroupInstead {
    public static void main(String[] urls) {
        run(() -> {
            try (ClientSession session =
                    ClientSession.builder().raiseForStatus(true).build()) {
                List<Task<String>> pages = await(taskGroup(group -> Stream.of(urls)
                        .map(url -> group.createTask(session.get(url).text()))
                        .toList()));
                pages.forEach(page -> System.out.println(page.result())); // All have ended, and well.
            } catch (TaskGroupException error) {
                if (error.getCause() instanceof ClientResponseException response) {
                    System.out.println("failed: status " + response.status());
                }
            }
        });
    }
}
