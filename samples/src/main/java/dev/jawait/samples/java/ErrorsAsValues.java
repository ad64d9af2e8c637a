package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.Outcome;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;

/** S09: gathers a good and a bad URL; with {@code returnExceptions} the error is a value in its place. */
public final class ErrorsAsValues {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                try (ClientSession session = ClientSession.create()) {
                    List<Outcome<Integer>> outcomes = await(gather(
                                    session.get(server.url("/slow")).use(ClientResponse::status),
                                    session.get("gopher://nowhere").use(ClientResponse::status))
                            .returnExceptions());
                    List<Integer> values = outcomes.stream()
                            .filter(Outcome::isSuccess)
                            .map(Outcome::get)
                            .toList();
                    System.out.println("S09 values " + values + " errors " + (outcomes.size() - values.size()));
                }
            });
        }
    }
}
