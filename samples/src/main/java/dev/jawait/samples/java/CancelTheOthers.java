package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.taskGroup;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.Async.withTimeout;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.TaskGroupException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** W1: gather lets the others run on when one fails; {@code cancelOnFailure} and task groups cancel them. */
public final class CancelTheOthers {
    public static void main(String[] args) {
        run(() -> {
            tryOut("gather", (slow, failing) -> gather(slow, failing));
            tryOut(
                    "gather, cancelOnFailure",
                    (slow, failing) -> gather(slow, failing).cancelOnFailure());
            tryOut(
                    "task group",
                    (slow, failing) -> taskGroup(group -> List.of(group.createTask(slow), group.createTask(failing))));
        });
    }

    private static void tryOut(String name, BiFunction<Task<String>, Coroutine<String>, Coroutine<?>> combine) {
        Task<String> slow = createTask(sleep(Duration.ofSeconds(2), "slow"));
        Coroutine<String> failing = withTimeout(Duration.ofMillis(100), sleep(Duration.ofMillis(500), "too slow"));
        try {
            await(combine.apply(slow, failing));
        } catch (AsyncTimeoutException | TaskGroupException error) {
            System.out.println("W1 " + name + ": one has failed, the other "
                    + (slow.isCancelled() ? "is cancelled" : slow.isDone() ? "has ended" : "runs on"));
        }
        slow.cancel();
        await(waitUntil(List.of(slow)));
    }
}
