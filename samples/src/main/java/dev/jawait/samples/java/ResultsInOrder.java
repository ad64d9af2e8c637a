package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** S07: gather results in the order of its arguments, whichever of them finished first. */
public final class ResultsInOrder {
    private static final List<String> FINISHED = new CopyOnWriteArrayList<>();

    public static void main(String[] args) {
        FINISHED.clear();
        List<String> results = run(() -> await(gather(worker("'a'", 200), worker("'b'", 100))));
        System.out.println("S07 results " + results + " finished " + FINISHED);
    }

    private static Coroutine<String> worker(String name, long millis) {
        return async(name, () -> {
            await(sleep(Duration.ofMillis(millis)));
            FINISHED.add(name);
            return name;
        });
    }
}
