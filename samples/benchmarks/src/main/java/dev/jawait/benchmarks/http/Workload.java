package dev.jawait.benchmarks.http;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of every client.
 *
 * @param atOnce how many requests are under way, or wait, at any time
 * @param connections how many connections there may be at most
 * @param targets what is asked for in turn
 * @param delayed whether the server that takes its time is asked, not nginx
 */
record Workload(
        String name,
        String title,
        int atOnce,
        int connections,
        boolean tls,
        boolean reuse,
        boolean delayed,
        @Nullable String body,
        List<Target> targets) {
    private static final String JSON = "{\"name\":\"" + "x".repeat(200) + "\",\"numbers\":[1,2,3,4,5,6,7,8,9,10]}";

    static final List<Workload> ALL = List.of(
            get("small", "13 bytes, 100 at once", 100, "/small"),
            get("one", "13 bytes, one at a time", 1, "/small"),
            get("ten", "13 bytes, 10 at once", 10, "/small"),
            new Workload(
                    "thousand",
                    "13 bytes, 1,000 at once over as many connections",
                    1000,
                    1000,
                    false,
                    true,
                    false,
                    null,
                    here("/small")),
            get("large", "100 KB, 100 at once", 100, "/large"),
            new Workload("post", "JSON POST, 100 at once", 100, 100, false, true, false, JSON, here("/post")),
            new Workload("tls", "13 bytes over TLS", 100, 100, true, true, false, null, here("/small")),
            new Workload(
                    "handshakes",
                    "13 bytes over TLS, a new connection each",
                    100,
                    100,
                    true,
                    false,
                    false,
                    null,
                    here("/small")),
            get("waiting", "13 bytes, 10,000 wait for 100 connections", 10_000, "/small"),
            // Of a thousand connections such a server serves 20,000 requests a second, whoever asks.
            new Workload(
                    "latency",
                    "a server that takes 50 ms, 4,000 at once over as many connections",
                    4000,
                    4000,
                    false,
                    true,
                    true,
                    null,
                    here("/delay/50")),
            new Workload(
                    "slow-host",
                    "ten hosts, one of which takes 50 ms; 1,000 at once over as many connections as they need",
                    1000,
                    10_000,
                    false,
                    true,
                    true,
                    null,
                    oneSlow()));

    private static Workload get(String name, String title, int atOnce, String path) {
        return new Workload(name, title, atOnce, 100, false, true, false, null, here(path));
    }

    /** One path, at the one host there is. */
    static List<Target> here(String path) {
        return List.of(new Target("127.0.0.1", path));
    }

    private static List<Target> oneSlow() {
        return IntStream.rangeClosed(1, NettyServer.HOSTS)
                .mapToObj(host -> new Target("127.0.0." + host, host == 5 ? "/delay/50" : "/small"))
                .toList();
    }

    static Workload of(String name) {
        return ALL.stream()
                .filter(workload -> workload.name.equals(name))
                .findFirst()
                .or(() -> NumberedWorkload.of(name))
                .orElseThrow(() -> new IllegalArgumentException("No workload " + name + "; there are: "
                        + String.join(", ", ALL.stream().map(Workload::name).toList())));
    }
}
