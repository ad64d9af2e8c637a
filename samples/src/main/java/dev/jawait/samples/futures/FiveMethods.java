package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;

import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;

/** S20: GET, POST, PUT, PATCH and DELETE at once, all but the first with a body, and one future for the five answers. */
public final class FiveMethods {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            String url = server.url("/echo");
            gather(
                            session.get(url).text(),
                            session.post(url).body("x").text(),
                            session.put(url).body("x").text(),
                            session.patch(url).body("x").text(),
                            session.delete(url).body("x").text())
                    .toFuture()
                    .thenAccept(answers -> answers.forEach(answer -> System.out.println("S20 " + answer)))
                    .join();
        }
    }
}
