package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientSession;

public final class FirstRequest {
    public static void main(String[] args) {
        run(() -> {
            try (ClientSession session = ClientSession.create()) {
                String text = await(session.get(args[0]).text());
                System.out.println(text);
            }
        });
    }
}
