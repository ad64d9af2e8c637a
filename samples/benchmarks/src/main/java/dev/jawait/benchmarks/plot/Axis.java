package dev.jawait.benchmarks.plot;

import java.util.List;
import java.util.stream.IntStream;

/** Ticks of an axis of costs, which starts at zero: so far apart that there are four to eight of them. */
record Axis(double step, int steps) {
    private static final int MOST = 8;
    private static final List<Double> LEADING = List.of(1.0, 2.0, 5.0, 10.0);

    /** An axis with room for {@code highest}. */
    static Axis upTo(double highest) {
        double power = Math.pow(10, Math.floor(Math.log10(highest / MOST)));
        double step = LEADING.stream()
                .map(leading -> leading * power)
                .filter(candidate -> highest / candidate <= MOST)
                .findFirst()
                .orElseThrow();
        return new Axis(step, (int) Math.ceil(highest / step));
    }

    double end() {
        return step * steps;
    }

    List<Double> ticks() {
        return IntStream.rangeClosed(0, steps).mapToObj(i -> i * step).toList();
    }
}
