package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.Task;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** S08: gather throws the first error at once, here that of a bad URL, and the other request goes on. */
public final class FirstErrorThrown {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            run(() -> {
                await(session.get(server.url("/slow")).text()); // The first request of a JVM is not one to time.
                List<Integer> finished = new CopyOnWriteArrayList<>();
                Task<Boolean> good = createTask(
                        session.get(server.url("/slow?units=2")).use(response -> finished.add(response.status())));
                long start = System.nanoTime();
                try {
                    await(gather(good, session.get("gopher://nowhere").use(ClientResponse::isOk)));
                } catch (ClientException error) {
                    long units = (System.nanoTime() - start) / 100_000_000;
                    System.out.println("S08 raised client error after " + units + " finished " + finished);
                }
                await(good);
                System.out.println("S08 the other one went on " + finished);
            });
        }
    }
}
