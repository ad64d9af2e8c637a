package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;

/** S20: GET, POST, PUT, PATCH and DELETE, all but the first with a body. */
public final class FiveMethods {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            String url = server.url("/echo");
            run(() -> {
                System.out.println("S20 " + await(session.get(url).text()));
                System.out.println("S20 " + await(session.post(url).body("x").text()));
                System.out.println("S20 " + await(session.put(url).body("x").text()));
                System.out.println("S20 " + await(session.patch(url).body("x").text()));
                System.out.println("S20 " + await(session.delete(url).body("x").text()));
            });
        }
    }
}
