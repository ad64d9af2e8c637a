package dev.jawait.benchmarks.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Workloads of any size, of which nothing but the number of one thing differs. */
final class NumberedWorkload {
    private static final Pattern NAME = Pattern.compile("(connections|hosts|hosts-kept)-(\\d+)");
    private static final int LIMIT = 100;

    /** Of requests to the same host two or more may be under way at the same time: each needs a connection of its own. */
    private static final int SPARE = 900;

    private NumberedWorkload() {}

    /** The one with this name, if it is one. */
    static Optional<Workload> of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(2));
        return Optional.of(
                switch (matcher.group(1)) {
                    case "connections" -> connections(count);
                    case "hosts" -> hosts(name, count, LIMIT);
                    default -> hosts(name, count, count + SPARE);
                });
    }

    /** Requests at once, over as many connections. */
    private static Workload connections(int count) {
        return new Workload(
                "connections-" + count,
                count + " at once over as many connections",
                count,
                count,
                false,
                true,
                false,
                null,
                Workload.here("/small"));
    }

    /** A hundred requests at once to hosts in turn, with {@code connections} to all of them together. */
    private static Workload hosts(String name, int count, int connections) {
        return new Workload(
                name,
                count + " hosts in turn over " + connections + " connections",
                LIMIT,
                connections,
                false,
                true,
                false,
                null,
                IntStream.rangeClosed(1, count)
                        .mapToObj(host -> new Target("host" + host + ".test", "/small"))
                        .toList());
    }
}
