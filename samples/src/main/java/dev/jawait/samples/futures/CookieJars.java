package dev.jawait.samples.futures;

import dev.jawait.http.ClientSession;
import dev.jawait.http.CookieJar;
import dev.jawait.samples.server.SampleServer;
import java.util.concurrent.CompletableFuture;

/** S19: a session keeps cookies and sends them back, unless it has no jar. */
public final class CookieJars {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            visitTwice("jar", CookieJar.create(), server)
                    .thenCompose(visited -> visitTwice("no jar", CookieJar.none(), server))
                    .join();
        }
    }

    private static CompletableFuture<Void> visitTwice(String name, CookieJar jar, SampleServer server) {
        ClientSession session = ClientSession.builder().cookieJar(jar).build();
        return visit(name, session, server)
                .thenCompose(first -> visit(name, session, server))
                .whenComplete((second, error) -> session.close());
    }

    private static CompletableFuture<Void> visit(String name, ClientSession session, SampleServer server) {
        return session.get(server.url("/cookie"))
                .text()
                .toFuture()
                .thenAccept(seen -> System.out.println("S19 " + name + " " + seen));
    }
}
