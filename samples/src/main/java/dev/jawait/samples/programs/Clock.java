package dev.jawait.samples.programs;

import dev.jawait.Async;
import dev.jawait.Runner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What programs run by, and how exactly their times can be compared. */
enum Clock {
    /** A clock that jumps to the next event: times are exact. */
    VIRTUAL {
        @Override
        List<Event> run(Program program) {
            try (Runner runner = Runner.builder().virtualTime().build()) {
                return runner.run(() -> new Interpreter().trace(program.tree()));
            }
        }

        @Override
        List<Event> adjusted(List<Event> actual, List<Event> expected) {
            return actual;
        }
    },

    /**
     * The wall clock, on the shared runtime, with other programs beside. A busy machine makes events late, so it is their
     * order that counts, and that none is early.
     */
    REAL {
        @Override
        List<Event> run(Program program) {
            return Async.run(() -> new Interpreter().trace(program.tree()));
        }

        @Override
        List<Event> adjusted(List<Event> actual, List<Event> expected) {
            long[] times = expected.stream().mapToLong(Event::millis).sorted().toArray();
            List<Event> inOrder = actual.stream()
                    .sorted(Comparator.comparingLong(Event::millis))
                    .toList();
            return IntStream.range(0, inOrder.size())
                    .mapToObj(i -> i < times.length ? orEarly(inOrder.get(i), times[i]) : inOrder.get(i))
                    .toList();
        }
    };

    /** How much too early an event may seem, as times are rounded. */
    private static final long TOLERANCE_MILLIS = 2;

    /** The trace of {@code program}. */
    abstract List<Event> run(Program program);

    /** The trace with the times it would have if nothing were ever late. */
    abstract List<Event> adjusted(List<Event> actual, List<Event> expected);

    /** An event that may be late, but not early. */
    private static Event orEarly(Event event, long time) {
        return event.millis() < time - TOLERANCE_MILLIS ? event : new Event(time, event.node(), event.what());
    }

    /** Whether {@code program} does what it did in asyncio; the order within a millisecond does not count. */
    final boolean agrees(Program program, List<Event> trace) {
        return sorted(adjusted(trace, program.expected())).equals(sorted(program.expected()));
    }

    private static List<Event> sorted(List<Event> events) {
        List<Event> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.naturalOrder());
        return sorted;
    }
}
