package dev.jawait.samples.futures;

import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Coroutine;
import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import java.time.Duration;
import java.util.List;

/** W5: a coroutine given to a wait would come back as a task that nobody knows, so it is refused; a task is found again. */
public final class FindByIdentity {
    public static void main(String[] args) {
        Coroutine<Integer> quick = sleep(Duration.ofMillis(100), 1);
        Coroutine<Integer> slow = sleep(Duration.ofMillis(500), 5);
        try {
            waitUntil(disguised(List.of(quick, slow)));
        } catch (IllegalArgumentException error) {
            System.out.println("W5 coroutines are refused");
        }
        Task<Integer> first = quick.start();
        Task<Integer> second = slow.start();
        waitUntil(ReturnWhen.FIRST_COMPLETED, first, second)
                .toFuture()
                .thenAccept(found -> System.out.println("W5 tasks: the quick one is done: "
                        + found.done().contains(first) + ", the slow one is pending: "
                        + found.pending().contains(second)))
                .thenRun(second::cancel)
                .join();
    }

    /** A list of coroutines does not compile as one of tasks; this is what it takes to get it past the compiler. */
    @SuppressWarnings("unchecked")
    private static List<Task<Integer>> disguised(List<Coroutine<Integer>> coroutines) {
        return (List<Task<Integer>>) (List<?>) coroutines;
    }
}
