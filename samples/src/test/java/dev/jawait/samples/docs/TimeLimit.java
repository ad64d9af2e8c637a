package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.withTimeout;

import dev.jawait.AsyncTimeoutException;
import java.time.Duration;

public final class TimeLimit {
    public static void main(String[] args) {
        run(() -> {
            try {
                await(withTimeout(Duration.ofMillis(100), () -> {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } finally {
                        System.out.println("cleaning up");
                    }
                }));
            } catch (AsyncTimeoutException error) {
                System.out.println(error.getMessage());
            }
        });
    }
}
