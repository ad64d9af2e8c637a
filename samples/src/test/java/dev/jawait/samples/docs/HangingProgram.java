package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.sleep;

import dev.jawait.Runner;
import dev.jawait.Task;
import dev.jawait.TaskTree;
import dev.jawait.sync.AsyncQueue;
import java.time.Duration;

/** Runs on a clock that jumps, so that all tasks wait when it prints them. */
public final class HangingProgram {
    // begin
    static String cook(AsyncQueue<String> orders) {
        return await(orders.get()) + " with salt";
    }

    static String eat(Task<String> cook) {
        return await(cook); // Waits for the cook, who waits for an order.
    }

    static void restaurant() {
        AsyncQueue<String> orders = AsyncQueue.create();
        Task<String> cook = createTask("cook", async(() -> cook(orders)));
        createTask("guest", async(() -> eat(cook)));
        await(sleep(Duration.ofSeconds(5)));
        print(TaskTree.dump());
    }
    // end

    private static void print(String dump) {
        System.out.println(dump.replaceAll("\\d+\\.\\d+ s", "5.000 s").trim());
    }

    public static void main(String[] args) {
        try (Runner runner = Runner.builder().virtualTime().build()) {
            runner.run(HangingProgram::restaurant);
        }
    }
}
