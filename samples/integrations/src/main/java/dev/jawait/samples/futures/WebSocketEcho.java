package dev.jawait.samples.futures;

import dev.jawait.http.ClientSession;
import dev.jawait.http.WebSocket;
import dev.jawait.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A WebSocket that sends texts, receives them back, and is closed by both sides; and a server that has none. */
public final class WebSocketEcho {
    private WebSocketEcho() {}

    public static void main(String[] args) {
        DisposableServer server = echoServer();
        ClientSession session = ClientSession.create();
        String url = "ws://127.0.0.1:" + server.port();
        session.webSocket(url + "/echo")
                .heartbeat(Duration.ofSeconds(20))
                .toFuture()
                .thenCompose(WebSocketEcho::talk)
                .thenCompose(talked -> refused(session, url + "/none"))
                .thenAccept(status -> System.out.println("no WebSocket, but status " + status))
                .whenComplete((done, error) -> {
                    session.close();
                    server.disposeNow();
                })
                .join();
    }

    private static CompletableFuture<Void> talk(WebSocket socket) {
        return echo(socket, "one")
                .thenCompose(first -> echo(socket, "two"))
                .thenCompose(second -> echo(socket, "three"))
                .handle((third, error) -> socket.close().toFuture().thenAccept(closed -> {
                    System.out.println("closed with " + socket.closeCode());
                }))
                .thenCompose(closing -> closing);
    }

    private static CompletableFuture<Void> echo(WebSocket socket, String text) {
        return socket.sendText(text)
                .toFuture()
                .thenCompose(sent -> socket.receive(Duration.ofSeconds(10)).toFuture())
                .thenAccept(message -> System.out.println("back came: " + message));
    }

    /** The status that a handshake is refused with. */
    private static CompletableFuture<Integer> refused(ClientSession session, String url) {
        return session.webSocket(url).use(socket -> 101).toFuture().exceptionally(error -> {
            if (error instanceof WebSocketHandshakeException refused) {
                return refused.status();
            }
            throw new IllegalStateException("Not a refusal", error);
        });
    }

    private static DisposableServer echoServer() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.ws(
                        "/echo", (in, out) -> out.sendString(in.receive().asString())))
                .bindNow();
    }
}
