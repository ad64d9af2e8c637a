package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;

import dev.jawait.Outcome;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;

/** S09: a future of a good and a bad URL's outcomes; it does not fail, the error is a value in its place. */
public final class ErrorsAsValues {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            gather(
                            session.get(server.url("/slow")).use(ClientResponse::status),
                            session.get("gopher://nowhere").use(ClientResponse::status))
                    .returnExceptions()
                    .toFuture()
                    .thenAccept(ErrorsAsValues::print)
                    .join();
        }
    }

    private static void print(List<Outcome<Integer>> outcomes) {
        List<Integer> values =
                outcomes.stream().filter(Outcome::isSuccess).map(Outcome::get).toList();
        System.out.println("S09 values " + values + " errors " + (outcomes.size() - values.size()));
    }
}
