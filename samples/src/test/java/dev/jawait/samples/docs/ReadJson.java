package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientSession;
import java.util.Map;

public final class ReadJson {
    record User(String name, int languages) {}

    public static void main(String[] args) {
        run(() -> {
            try (ClientSession session = ClientSession.create()) {
                User user = await(session.get(args[0]).json(User.class));
                System.out.println(user);
                String echo =
                        await(session.post(args[1]).json(Map.of("name", "Ada")).text());
                System.out.println(echo);
            }
        });
    }
}
