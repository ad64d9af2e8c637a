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
import java.util.List;

/** S01: a resource of one's own that waits for a client, and is told how the body ended. */
public final class AcceptAClient {
    public static void main(String[] args) {
        for (String form : List.of("ok", "fail")) {
            run(() -> serveOne(form));
        }
    }

    private static void serveOne(String form) {
        SocketListener listener = await(Streams.listen("127.0.0.1", 0));
        Task<SocketStream> client = createTask(Streams.connect("127.0.0.1", listener.port()));
        client.onDone(connected -> connected.result().write("hello"));
        try {
            await(use(new Accepted(listener, form), stream -> {
                byte[] data = await(stream.recv(1024));
                System.out.println("S01 " + form + " received " + new String(data, StandardCharsets.UTF_8));
                if (form.equals("fail")) {
                    throw new IllegalArgumentException("body failed");
                }
                return data;
            }));
        } catch (IllegalArgumentException error) {
            System.out.println("S01 " + form + " caught " + error.getMessage());
        }
        client.result().close();
        listener.close();
    }

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
                System.out.println("S01 " + form + " exit " + (error == null ? "None" : "ValueError"));
                stream.close();
                System.out.println("S01 " + form + " closed");
            });
        }
    }
}
