package dev.jawait.samples.programs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.toThread;
import static dev.jawait.Async.withTimeout;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs programs, many at once, each in a run of its own; what differs is run again alone before it counts. */
final class Comparison {
    /** How often, alone, a program may differ until that counts: a machine that is busy elsewhere delays timers. */
    private static final int TRIES = 3;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Clock clock;
    private final int jobs;

    Comparison(Clock clock, int jobs) {
        this.clock = clock;
        this.jobs = jobs;
    }

    List<Difference> differences(List<Program> programs) {
        List<Coroutine<Program>> suspecting =
                programs.stream().map(this::suspect).toList();
        List<Program> suspects = run(() -> await(gather(suspecting).limit(jobs)));
        return suspects.stream()
                .filter(Objects::nonNull)
                .map(this::difference)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Difference> difference(Program program) {
        List<Event> trace = List.of();
        for (int i = 0; i < TRIES; i++) {
            trace = run(traced(program));
            if (clock.agrees(program, trace)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Difference(program, trace));
    }

    /** Results in {@code program} if it differs, else in null. */
    private Coroutine<Program> suspect(Program program) {
        return async(() -> clock.agrees(program, await(traced(program))) ? null : program);
    }

    /** The trace; one that does not end is cut off. */
    private Coroutine<List<Event>> traced(Program program) {
        return async(() -> {
            try {
                return await(withTimeout(LIMIT, toThread(() -> clock.run(program))));
            } catch (AsyncTimeoutException hangs) {
                return List.of(new Event(LIMIT.toMillis(), 0, "has not ended"));
            }
        });
    }
}
