package dev.jawait.samples.futures;

import dev.jawait.net.SocketListener;
import dev.jawait.net.SocketStream;
import dev.jawait.net.Streams;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** S01: waits for a client by a future, and closes its connection however what is done with it ended. */
public final class AcceptAClient {
    private AcceptAClient() {}

    public static void main(String[] args) {
        for (String form : new String[] {"ok", "fail"}) {
            serveOne(form).join();
        }
    }

    private static CompletableFuture<Void> serveOne(String form) {
        SocketListener listener = Streams.listen("127.0.0.1", 0).toFuture().join();
        CompletableFuture<SocketStream> client = connect(listener.port());
        System.out.println("S01 " + form + " enter");
        return listener.accept()
                .toFuture()
                .thenCompose(stream -> receive(form, stream).whenComplete((data, error) -> exit(form, stream, error)))
                .exceptionally(error -> {
                    System.out.println(
                            "S01 " + form + " caught " + error.getCause().getMessage());
                    return null;
                })
                .thenCombine(client, (data, stream) -> stream)
                .thenAccept(stream -> {
                    stream.close();
                    listener.close();
                });
    }

    private static CompletableFuture<SocketStream> connect(int port) {
        return Streams.connect("127.0.0.1", port)
                .toFuture()
                .thenCompose(stream -> stream.sendAll("hello".getBytes(StandardCharsets.UTF_8))
                        .toFuture()
                        .thenApply(sent -> stream));
    }

    private static CompletableFuture<String> receive(String form, SocketStream stream) {
        System.out.println("S01 " + form + " accepted");
        return stream.recv(1024).toFuture().thenApply(bytes -> {
            String data = new String(bytes, StandardCharsets.UTF_8);
            System.out.println("S01 " + form + " received " + data);
            if (form.equals("fail")) {
                throw new IllegalArgumentException("body failed");
            }
            return data;
        });
    }

    private static void exit(String form, SocketStream stream, Throwable error) {
        System.out.println("S01 " + form + " exit " + (error == null ? "None" : "ValueError"));
        stream.close();
        System.out.println("S01 " + form + " closed");
    }
}
