package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.taskGroup;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.Async.withTimeout;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** W1: gather lets the others run on when one fails; {@code cancelOnFailure} and task groups cancel them. */
public final class CancelTheOthers {
    public static void main(String[] args) {
        tryOut("gather", (slow, failing) -> gather(slow, failing))
                .thenCompose(told -> tryOut(
                        "gather, cancelOnFailure",
                        (slow, failing) -> gather(slow, failing).cancelOnFailure()))
                .thenCompose(told -> tryOut(
                        "task group",
                        (slow, failing) ->
                                taskGroup(group -> List.of(group.createTask(slow), group.createTask(failing)))))
                .join();
    }

    private static CompletableFuture<?> tryOut(
            String name, BiFunction<Task<String>, Coroutine<String>, Coroutine<?>> combine) {
        Task<String> slow = sleep(Duration.ofSeconds(2), "slow").start();
        Coroutine<String> failing = withTimeout(Duration.ofMillis(100), sleep(Duration.ofMillis(500), "too slow"));
        return combine.apply(slow, failing)
                .toFuture()
                .handle((done, error) -> {
                    System.out.println("W1 " + name + ": one has failed, the other "
                            + (slow.isCancelled() ? "is cancelled" : slow.isDone() ? "has ended" : "runs on"));
                    return null;
                })
                .thenRun(slow::cancel)
                .thenCompose(told -> waitUntil(List.of(slow)).toFuture());
    }
}
