package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientSession;
import dev.jawait.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A WebSocket that sends texts, receives them back, and is closed by both sides; and a server that has none. */
public final class WebSocketEcho {
    private WebSocketEcho() {}

    public static void main(String[] args) {
        DisposableServer server = echoServer();
        try (ClientSession session = ClientSession.create()) {
            String url = "ws://127.0.0.1:" + server.port();
            Integer code = run(session.webSocket(url + "/echo")
                    .heartbeat(Duration.ofSeconds(20))
                    .use(socket -> {
                        for (String text : List.of("one", "two", "three")) {
                            await(socket.sendText(text));
                            System.out.println("back came: " + await(socket.receive(Duration.ofSeconds(10))));
                        }
                        await(socket.close());
                        return socket.closeCode();
                    }));
            System.out.println("closed with " + code);
            try {
                run(session.webSocket(url + "/none").use(socket -> await(socket.receiveText())));
            } catch (WebSocketHandshakeException refused) {
                System.out.println("no WebSocket, but status " + refused.status());
            }
        } finally {
            server.disposeNow();
        }
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
