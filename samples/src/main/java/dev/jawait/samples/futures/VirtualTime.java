package dev.jawait.samples.futures;

import static dev.jawait.Async.sleep;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Runner;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Tests futures that wait for minutes within milliseconds: the tests' pauses come from a runner of virtual time. */
public final class VirtualTime {
    /** What is tested: asks every minute, for an hour at most, whether a parcel has come. */
    private record Parcel(BooleanSupplier hasCome, Function<Duration, CompletableFuture<Void>> pause) {
        /** As a service has it. */
        Parcel(BooleanSupplier hasCome) {
            this(hasCome, duration -> sleep(duration).toFuture());
        }

        CompletableFuture<Duration> found(Duration waited) {
            if (hasCome.getAsBoolean()) {
                return CompletableFuture.completedFuture(waited);
            }
            if (waited.toHours() == 1) {
                return CompletableFuture.failedFuture(new AsyncTimeoutException("No parcel after " + waited));
            }
            return pause.apply(Duration.ofMinutes(1)).thenCompose(slept -> found(waited.plusMinutes(1)));
        }
    }

    /** A test framework would call these; each has a clock of its own. */
    public static void main(String[] args) {
        long start = System.nanoTime();
        findsTheParcelAtTheNextFullMinute()
                .thenCompose(found -> givesUpAfterAnHour())
                .thenRun(() ->
                        System.out.println("in less than a minute: " + (System.nanoTime() - start < 60_000_000_000L)))
                .join();
    }

    private static CompletableFuture<Void> findsTheParcelAtTheNextFullMinute() {
        Iterator<Boolean> answers = List.of(false, false, false, true).iterator();
        return onVirtualTime(answers::next).thenAccept(found -> System.out.println("found after " + found));
    }

    private static CompletableFuture<Void> givesUpAfterAnHour() {
        return onVirtualTime(() -> false).handle((found, error) -> {
            System.out.println("gave up: " + (error.getCause() instanceof AsyncTimeoutException));
            return null;
        });
    }

    private static CompletableFuture<Duration> onVirtualTime(BooleanSupplier hasCome) {
        Runner runner = Runner.builder().virtualTime().build();
        return new Parcel(hasCome, duration -> runner.start(sleep(duration)).toFuture())
                .found(Duration.ZERO)
                .whenCompleteAsync((found, error) -> runner.close()); // Not on a thread of the runner's own.
    }
}
