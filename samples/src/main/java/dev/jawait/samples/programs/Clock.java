package dev.jawait.samples.programs;

import dev.jawait.Async;
import dev.jawait.Runner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    /** The wall clock, on the shared runtime, with other programs beside. */
    REAL {
        @Override
        List<Event> run(Program program) {
            return Async.run(() -> new Interpreter().trace(program.tree()));
        }

        @Override
        List<Event> adjusted(List<Event> actual, List<Event> expected) {
            long[] times = expected.stream().mapToLong(Event::millis).distinct().toArray();
            return actual.stream().map(event -> nearest(event, times)).toList();
        }
    };

    /** Half of the distance between two moments of a program. */
    private static final long TOLERANCE_MILLIS = 15;

    /** The trace of {@code program}. */
    abstract List<Event> run(Program program);

    /** The trace with the times it would have if nothing were ever late. */
    abstract List<Event> adjusted(List<Event> actual, List<Event> expected);

    private static Event nearest(Event event, long[] times) {
        for (long time : times) {
            if (Math.abs(event.millis() - time) <= TOLERANCE_MILLIS) {
                return new Event(time, event.node(), event.what());
            }
        }
        return event;
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
