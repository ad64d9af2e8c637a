package dev.jawait.samples.futures;

import dev.jawait.Task;
import dev.jawait.net.SocketStream;
import dev.jawait.net.Streams;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** S01: waits for a client by a future, and closes its connection however what is done with it ends. */
public final class AcceptAClient {
    public static void main(String[] args) {
        serveOne("ok").thenCompose(served -> serveOne("fail")).join();
    }

    private static CompletableFuture<Void> serveOne(String form) {
        return Streams.listen("127.0.0.1", 0).toFuture().thenCompose(listener -> {
            Task<SocketStream> client =
                    Streams.connect("127.0.0.1", listener.port()).start();
            client.onDone(connected -> connected.result().write("hello"));
            System.out.println("S01 " + form + " enter");
            return listener.accept()
                    .toFuture()
                    .thenCompose(
                            stream -> receive(form, stream).whenComplete((data, error) -> exit(form, stream, error)))
                    .exceptionally(error -> {
                        System.out.println(
                                "S01 " + form + " caught " + error.getCause().getMessage());
                        return null;
                    })
                    .thenRun(() -> client.result().close())
                    .whenComplete((closed, error) -> listener.close());
        });
    }

    private static CompletableFuture<String> receive(String form, SocketStream stream) {
        System.out.println("S01 " + form + " accepted");
        return stream.recv(1024).toFuture().thenApply(bytes -> {
            System.out.println("S01 " + form + " received " + new String(bytes, StandardCharsets.UTF_8));
            if (form.equals("fail")) {
                throw new IllegalArgumentException("body failed");
            }
            return form;
        });
    }

    private static void exit(String form, SocketStream stream, Throwable error) {
        System.out.println("S01 " + form + " exit " + (error == null ? "None" : "ValueError"));
        stream.close();
        System.out.println("S01 " + form + " closed");
    }
}
