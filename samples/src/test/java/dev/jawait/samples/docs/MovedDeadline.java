package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.withTimeout;

import dev.jawait.Deadline;
import dev.jawait.Runner;
import java.time.Duration;

/** Runs on a clock that jumps, so that it takes no time and prints exact ones. */
public final class MovedDeadline {
    // begin
    static void report() {
        String report = await(withTimeout(Duration.ofSeconds(10), deadline -> {
            await(sleep(Duration.ofSeconds(4))); // Asks whether there is anything to do.
            System.out.println("left: " + deadline.remaining().toSeconds() + " s");
            deadline.reschedule(Duration.ofSeconds(60)); // There is: a minute from now.
            return write();
        }));
        System.out.println(report);
    }

    static String write() {
        await(sleep(Duration.ofSeconds(20)));
        Deadline limit = Deadline.current(); // Whatever limit the caller is under; null if none.
        return "written with " + limit.remaining().toSeconds() + " s left";
    }
    // end

    public static void main(String[] args) {
        try (Runner runner = Runner.builder().virtualTime().build()) {
            runner.run(MovedDeadline::report);
        }
    }
}
