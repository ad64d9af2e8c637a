package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientSession;
import dev.jawait.http.CookieJar;
import dev.jawait.samples.server.SampleServer;

/** S19: a session keeps cookies and sends them back, unless it has no jar. */
public final class CookieJars {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                visitTwice("jar", CookieJar.create(), server);
                visitTwice("no jar", CookieJar.none(), server);
            });
        }
    }

    private static void visitTwice(String name, CookieJar jar, SampleServer server) {
        try (ClientSession session = ClientSession.builder().cookieJar(jar).build()) {
            for (int i = 0; i < 2; i++) {
                System.out.println("S19 " + name + " "
                        + await(session.get(server.url("/cookie")).text()));
            }
        }
    }
}
