package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.time;
import static dev.jawait.Async.withTimeout;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.Outcome;
import dev.jawait.Runner;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Tests code that waits for minutes within milliseconds: on virtual time the clock jumps to what is waited for next. */
public final class VirtualTime {
    /** What is tested: asks every minute, for an hour at most, whether a parcel has come; results in how long that took. */
    static Coroutine<Duration> parcel(BooleanSupplier hasCome) {
        return withTimeout(Duration.ofHours(1), () -> {
            Duration start = time();
            while (!hasCome.getAsBoolean()) {
                await(sleep(Duration.ofMinutes(1)));
            }
            return time().minus(start);
        });
    }

    /** A test framework would call these; each has a clock of its own. */
    public static void main(String[] args) {
        long start = System.nanoTime();
        findsTheParcelAtTheNextFullMinute();
        givesUpAfterAnHour();
        System.out.println("in less than a minute: " + (System.nanoTime() - start < 60_000_000_000L));
    }

    private static void findsTheParcelAtTheNextFullMinute() {
        try (Runner runner = Runner.builder().virtualTime().build()) {
            BooleanSupplier after150Seconds = () -> time().toSeconds() >= 150;
            System.out.println("found after " + runner.run(parcel(after150Seconds)));
        }
    }

    private static void givesUpAfterAnHour() {
        try (Runner runner = Runner.builder().virtualTime().build()) {
            Outcome<Duration> end =
                    runner.run(gather(parcel(() -> false)).returnExceptions()).get(0);
            System.out.println("gave up: " + (end.exceptionOrNull() instanceof AsyncTimeoutException));
        }
    }
}
