package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.sync.Event;
import java.time.Duration;

public final class CleanUp {
    public static void main(String[] args) {
        Event begun = Event.create();
        run(() -> {
            Task<Void> task = createTask(async(() -> {
                try {
                    begun.set();
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    await(sleep(Duration.ofMillis(10))); // Cleaning up may await.
                    System.out.println("cleaned up");
                }
            }));
            await(begun.waitFor());
            task.cancel("not needed any more");
            try {
                await(task);
            } catch (CancelledException error) {
                System.out.println("cancelled: " + error.getMessage());
            }
        });
    }
}
