package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.use;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.net.SocketListener;
import dev.jawait.net.SocketStream;
import dev.jawait.net.Streams;
import java.nio.charset.StandardCharsets;

/** S01: a resource of one's own that waits for a client, and is told how the body ended. */
public final class AcceptAClient {
    private AcceptAClient() {}

    /** Enters by accepting a client, exits by closing its connection. */
    private record Accepted(SocketListener listener, String form) implements AsyncResource<SocketStream> {
        @Override
        public Coroutine<SocketStream> enter() {
            return async(() -> {
                System.out.println("S01 " + form + " enter");
                SocketStream stream = await(listener.accept());
                System.out.println("S01 " + form + " accepted");
                return stream;
            });
        }

        @Override
        public Coroutine<Void> exit(SocketStream stream, Throwable error) {
            return async(() -> {
                String ended = error == null ? "None" : "ValueError";
                System.out.println("S01 " + form + " exit " + ended);
                stream.close();
                System.out.println("S01 " + form + " closed");
            });
        }
    }

    public static void main(String[] args) {
        for (String form : new String[] {"ok", "fail"}) {
            run(() -> serveOne(form));
        }
    }

    private static void serveOne(String form) {
        SocketListener listener = await(Streams.listen("127.0.0.1", 0));
        Task<SocketStream> client = createTask(async(() -> {
            SocketStream stream = await(Streams.connect("127.0.0.1", listener.port()));
            await(stream.sendAll("hello".getBytes(StandardCharsets.UTF_8)));
            return stream;
        }));
        try {
            await(use(new Accepted(listener, form), stream -> {
                String data = new String(await(stream.recv(1024)), StandardCharsets.UTF_8);
                System.out.println("S01 " + form + " received " + data);
                if (form.equals("fail")) {
                    throw new IllegalArgumentException("body failed");
                }
                return data;
            }));
        } catch (IllegalArgumentException error) {
            System.out.println("S01 " + form + " caught " + error.getMessage());
        }
        await(client).close();
        listener.close();
    }
}
