package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** S06: gathers 1,000 requests on one session, which opens 100 connections at most, then 70 over 7 connections. */
public final class ThousandRequests {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                try (ClientSession session = ClientSession.create()) {
                    List<Integer> statuses = statuses(session, server.url("/busy?together=100"), 1000);
                    System.out.println("S06 requests " + statuses.size() + " statuses " + new TreeSet<>(statuses) + " "
                            + load(server));
                }
                server.resetCounts();
                try (Connector seven = Connector.builder().limit(7).build();
                        ClientSession session =
                                ClientSession.builder().connector(seven).build()) {
                    statuses(session, server.url("/busy?together=7"), 70);
                    System.out.println("S06 limit 7: " + load(server));
                }
            });
        }
    }

    private static List<Integer> statuses(ClientSession session, String url, int times) {
        return await(gather(Stream.generate(() -> session.get(url).use(ClientResponse::status))
                .limit(times)
                .toList()));
    }

    private static String load(SampleServer server) {
        return "server saw at most " + server.mostAtOnce() + " at once, over " + server.connections() + " connections";
    }
}
