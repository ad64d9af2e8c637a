package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import java.time.Duration;

/** S04: the classic mistake, to await each task as soon as it is created: 9 units of 100 ms for three times 3. */
public final class OneAfterTheOther {
    public static void main(String[] args) {
        run(() -> {
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                await(createTask(sleep(Duration.ofMillis(300))));
            }
            System.out.println("S04 awaited at once " + (System.nanoTime() - start) / 100_000_000);
        });
    }
}
