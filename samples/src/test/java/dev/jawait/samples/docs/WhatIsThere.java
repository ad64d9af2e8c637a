package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Runner;
import dev.jawait.Task;
import dev.jawait.WaitResult;
import java.time.Duration;
import java.util.List;

/** Runs on a clock that jumps. */
public final class WhatIsThere {
    // begin
    static void whatIsThereByThen() {
        List<Task<String>> tasks = List.of(
                createTask(sleep(Duration.ofSeconds(1), "quick")), createTask(sleep(Duration.ofHours(1), "slow")));
        WaitResult<String> after = await(waitUntil(tasks).timeout(Duration.ofSeconds(5)));
        after.done().forEach(task -> System.out.println(task.result()));
        after.pending().forEach(Task::cancel); // Nobody has cancelled them so far.
    }
    // end

    public static void main(String[] args) {
        try (Runner runner = Runner.builder().virtualTime().build()) {
            runner.run(WhatIsThere::whatIsThereByThen);
        }
    }
}
