package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;

/** S02: opens a session, asks for two pages and prints their statuses; each response is released by {@code use}. */
public final class FetchStatus {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                try (ClientSession session = ClientSession.create()) {
                    int found = await(session.get(server.url("/slow")).use(ClientResponse::status));
                    int missing =
                            await(session.get(server.url("/slow?status=404")).use(ClientResponse::status));
                    System.out.println("S02 status " + found + " " + missing);
                }
            });
        }
    }
}
