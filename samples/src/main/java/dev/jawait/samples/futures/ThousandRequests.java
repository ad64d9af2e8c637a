package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;

import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** S06: gathers 1,000 requests into one future, on a session with 100 connections, then 70 over 7 connections. */
public final class ThousandRequests {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            statuses(100, server.url("/busy?together=100"), 1000)
                    .thenAccept(statuses -> System.out.println("S06 requests " + statuses.size() + " statuses "
                            + new TreeSet<>(statuses) + " " + load(server)))
                    .thenRun(server::resetCounts)
                    .thenCompose(reset -> statuses(7, server.url("/busy?together=7"), 70))
                    .thenAccept(statuses -> System.out.println("S06 limit 7: " + load(server)))
                    .join();
        }
    }

    private static CompletableFuture<List<Integer>> statuses(int limit, String url, int times) {
        Connector connector = Connector.builder().limit(limit).build();
        ClientSession session = ClientSession.builder().connector(connector).build();
        return gather(Stream.generate(() -> session.get(url).use(ClientResponse::status))
                        .limit(times))
                .toFuture()
                .whenComplete((statuses, error) -> {
                    session.close();
                    connector.close();
                });
    }

    private static String load(SampleServer server) {
        return "server saw at most " + server.mostAtOnce() + " at once, over " + server.connections() + " connections";
    }
}
