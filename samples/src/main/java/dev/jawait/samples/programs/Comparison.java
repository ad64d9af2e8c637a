package dev.jawait.samples.programs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.toThread;

import dev.jawait.Coroutine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs programs, many at once, each in a run of its own; what differs is run again alone before it counts. */
final class Comparison {
    /** How often, alone, a program may differ until that counts: a machine that is busy elsewhere delays timers. */
    private static final int TRIES = 3;

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
            trace = clock.run(program);
            if (clock.agrees(program, trace)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Difference(program, trace));
    }

    /** Results in {@code program} if it differs, else in null. */
    private Coroutine<Program> suspect(Program program) {
        return toThread(() -> clock.agrees(program, clock.run(program)) ? null : program);
    }
}
