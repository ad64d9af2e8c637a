package dev.jawait;

import dev.jawait.spi.TaskRuntime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The door: asyncio's functions, to be imported statically.
 *
 * <p>A <em>body</em> is a lambda that may block, await and throw. It runs on a virtual thread where the JDK has them,
 * else on a pooled thread, never on an event loop. What a body awaits runs inline, one after the other; only tasks run
 * side by side.
 */
public final class Async {
    private Async() {}

    private static TaskRuntime runtime() {
        return TaskRuntime.get();
    }

    // ---- running

    /**
     * Runs {@code body} as the main task, on the calling thread, and returns its result. At its end, what it started
     * and what still runs is cancelled and waited for. Interrupting the calling thread cancels the main task.
     *
     * @throws IllegalStateException inside a task or on an event loop: there, await
     * @throws java.util.concurrent.CompletionException around a checked exception of the body
     */
    public static <T extends @Nullable Object> T run(Callable<? extends T> body) {
        return run(async("main", body));
    }

    /** {@link #run(Callable)} for a body without a result. */
    public static void run(AsyncRunnable body) {
        run(async("main", body));
    }

    /** {@link #run(Callable)} for an awaitable. */
    public static <T extends @Nullable Object> T run(Awaitable<? extends T> awaitable) {
        return runtime().run(awaitable);
    }

    /** A coroutine of {@code body}: {@code async def}. Nothing runs until it is awaited or started. */
    public static <T extends @Nullable Object> Coroutine<T> async(Callable<? extends T> body) {
        return runtime().async(null, body);
    }

    /** {@link #async(Callable)} with a name for logs and dumps. */
    public static <T extends @Nullable Object> Coroutine<T> async(String name, Callable<? extends T> body) {
        return runtime().async(name, body);
    }

    /** {@link #async(Callable)} for a body without a result. */
    public static Coroutine<@Nullable Void> async(AsyncRunnable body) {
        return runtime().async(null, callable(body));
    }

    /** {@link #async(AsyncRunnable)} with a name for logs and dumps. */
    public static Coroutine<@Nullable Void> async(String name, AsyncRunnable body) {
        return runtime().async(name, callable(body));
    }

    private static Callable<@Nullable Void> callable(AsyncRunnable body) {
        return () -> {
            body.run();
            return null;
        };
    }

    /**
     * Waits, inside a body: a coroutine runs inline in the current task, a task is waited for.
     *
     * @return the result
     * @throws CancelledException if the current task, or the awaited one, was cancelled
     * @throws RuntimeException or an Error: what it failed with, the same object; a checked exception comes wrapped in
     *     a {@link java.util.concurrent.CompletionException}
     * @throws IllegalStateException outside of a body
     */
    public static <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable) {
        return runtime().await(awaitable);
    }

    /** Waits for {@code stage}, inside a body. Cancelling the current task cancels the stage's future. */
    public static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
        return runtime().await(stage);
    }

    /**
     * A stage as a coroutine, to be combined with others. It runs already; awaiting it waits for it, and cancelling the
     * waiter cancels it.
     */
    public static <T extends @Nullable Object> Coroutine<T> fromStage(CompletionStage<? extends T> stage) {
        return runtime().fromStage(stage);
    }

    /**
     * {@link #fromStage(CompletionStage)} for a future that has to be waited for: one that is no stage holds a thread
     * meanwhile.
     */
    public static <T extends @Nullable Object> Coroutine<T> fromFuture(Future<? extends T> future) {
        return runtime().fromFuture(future);
    }

    /**
     * A subscription to {@code publisher} as something to loop over: {@code use(subscribe(publisher), items -> ...)}. Each
     * item is requested when it is awaited, no sooner. Leaving the body cancels the subscription.
     */
    public static <T> AsyncResource<AsyncIterable<T>> subscribe(Flow.Publisher<? extends T> publisher) {
        return runtime().subscribe(publisher);
    }

    /** Starts {@code awaitable} as a task: it runs beside the caller. A task is returned as it is. */
    public static <T extends @Nullable Object> Task<T> createTask(Awaitable<T> awaitable) {
        return runtime().createTask(null, awaitable);
    }

    /** {@link #createTask(Awaitable)} with a name for the task. */
    public static <T extends @Nullable Object> Task<T> createTask(String name, Awaitable<T> awaitable) {
        return runtime().createTask(name, awaitable);
    }

    /**
     * {@link #createTask(Awaitable)}, but what comes before the first await that has to wait runs before this returns:
     * asyncio's {@code eager_start}. Use it to have a request sent at once. A task that need not wait has ended when this
     * returns. The caller waits for that piece, and cannot be cancelled meanwhile; so keep it short. On an event loop,
     * which must not wait, a body in Java begins soon, as in {@code createTask}.
     */
    public static <T extends @Nullable Object> Task<T> startEagerly(Awaitable<T> awaitable) {
        return runtime().startEagerly(null, awaitable);
    }

    /** {@link #startEagerly(Awaitable)} with a name for the task. */
    public static <T extends @Nullable Object> Task<T> startEagerly(String name, Awaitable<T> awaitable) {
        return runtime().startEagerly(name, awaitable);
    }

    /**
     * A coroutine that runs {@code code} on a thread of its own, outside of the current task: {@code to_thread}. Unlike a
     * body it cannot await, and a cancelled waiter does not wait for it: {@code code} is interrupted and left alone
     * (asyncio's runs on undisturbed), its result thrown away. It sees the {@linkplain ContextVar context variables} of
     * the task; what it sets itself, nobody sees.
     */
    public static <T extends @Nullable Object> Coroutine<T> toThread(Callable<? extends T> code) {
        return runtime().toThread(code);
    }

    /** The task whose body this is, or null outside of one. */
    public static @Nullable Task<?> currentTask() {
        return runtime().currentTask();
    }

    /** The tasks that have not ended: of this run inside one, else of the shared runtime. */
    public static Set<Task<?>> allTasks() {
        return runtime().allTasks();
    }

    // ---- time

    /**
     * The clock that {@code sleep} and all time limits here go by: asyncio's {@code loop.time()}. Only differences mean
     * something; under {@linkplain Runner.Builder#virtualTime() virtual time} it starts at zero.
     */
    public static Duration time() {
        return runtime().time();
    }

    /** Waits for {@code duration}, without holding a thread. Zero or less lets others run once. */
    public static Coroutine<@Nullable Void> sleep(Duration duration) {
        return runtime().sleep(duration, null);
    }

    /** {@link #sleep(Duration)} that results in {@code value}. */
    public static <T extends @Nullable Object> Coroutine<T> sleep(Duration duration, T value) {
        return runtime().sleep(duration, value);
    }

    /**
     * Runs {@code awaitable} under a time limit. At the limit it is cancelled and waited for (cleaning up may take
     * longer than the limit), then {@link AsyncTimeoutException} is thrown. If the body takes the cancel and returns a
     * value, that value counts. Of nested limits that pass at the same moment only the outermost throws.
     */
    public static <T extends @Nullable Object> Coroutine<T> withTimeout(
            Duration limit, Awaitable<? extends T> awaitable) {
        return runtime().withTimeout(limit, awaitable);
    }

    /** {@link #withTimeout(Duration, Awaitable)} for a body, which runs in the current task. */
    public static <T extends @Nullable Object> Coroutine<T> withTimeout(Duration limit, Callable<? extends T> body) {
        return runtime().withTimeout(limit, runtime().<T>async(null, body));
    }

    /** {@link #withTimeout(Duration, Awaitable)} for a body without a result. */
    public static Coroutine<@Nullable Void> withTimeout(Duration limit, AsyncRunnable body) {
        return runtime().withTimeout(limit, async(body));
    }

    /**
     * {@link #withTimeout(Duration, Callable)} for a body that looks at its time limit, or moves it. With zero or less the
     * body runs, and its first await is cancelled, as in {@code asyncio.timeout(0)}.
     */
    public static <T extends @Nullable Object> Coroutine<T> withTimeout(
            Duration limit, AsyncFunction<? super Deadline, ? extends T> body) {
        return runtime().withTimeout(limit, body);
    }

    /** Logs that {@code awaitable} starts, under {@code name}, and how long it took, however it ends. */
    public static <T extends @Nullable Object> Coroutine<T> timed(String name, Awaitable<? extends T> awaitable) {
        return runtime().timed(name, awaitable);
    }

    // ---- combining

    /** Runs all at the same time; results in the values in this order. See {@link Gather}. */
    public static <T extends @Nullable Object> Gather<T> gather(Iterable<? extends Awaitable<? extends T>> awaitables) {
        return runtime().gather(awaitables);
    }

    /**
     * {@link #gather(Iterable)} of a stream, for one await or start. With {@link Gather#limit} it is read as places get
     * free, so it may be long, or make its elements only when they are asked for.
     */
    public static <T extends @Nullable Object> Gather<T> gather(Stream<? extends Awaitable<? extends T>> awaitables) {
        Stream<Awaitable<? extends T>> all = awaitables.map(awaitable -> awaitable);
        return runtime().gather(all::iterator);
    }

    /** {@link #gather(Iterable)} of those given. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> Gather<T> gather(Awaitable<? extends T>... awaitables) {
        return runtime().gather(Arrays.asList(awaitables.clone()));
    }

    /** Runs all at the same time and hands each one out as it ends. See {@link AsCompleted}. */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Iterable<? extends Awaitable<? extends T>> awaitables) {
        return runtime().asCompleted(awaitables);
    }

    /** {@link #asCompleted(Iterable)} of those given. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(Awaitable<? extends T>... awaitables) {
        return runtime().asCompleted(Arrays.asList(awaitables.clone()));
    }

    /**
     * Waits for tasks and sorts them into done and pending. See {@link WaitUntil}. Takes tasks only: a coroutine has no
     * identity to be found by afterwards.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static <T extends @Nullable Object> WaitUntil<T> waitUntil(
            ReturnWhen returnWhen, Iterable<? extends Task<? extends T>> tasks) {
        return runtime().waitUntil(returnWhen, tasks);
    }

    /** {@link #waitUntil(ReturnWhen, Iterable)} of those given. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> WaitUntil<T> waitUntil(
            ReturnWhen returnWhen, Task<? extends T>... tasks) {
        return runtime().waitUntil(returnWhen, Arrays.asList(tasks.clone()));
    }

    /** Waits for all tasks: {@link ReturnWhen#ALL_COMPLETED}. */
    public static <T extends @Nullable Object> WaitUntil<T> waitUntil(Iterable<? extends Task<? extends T>> tasks) {
        return runtime().waitUntil(ReturnWhen.ALL_COMPLETED, tasks);
    }

    /**
     * Runs all at the same time; the first to end, with a result or an error, decides. The others are cancelled and waited
     * for; what they end with is dropped. A coroutine given twice runs twice.
     *
     * @throws IllegalArgumentException when it runs, if there are none
     */
    public static <T extends @Nullable Object> Coroutine<T> race(
            Iterable<? extends Awaitable<? extends T>> awaitables) {
        return runtime().race(awaitables);
    }

    /** {@link #race(Iterable)} of those given. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> Coroutine<T> race(Awaitable<? extends T>... awaitables) {
        return runtime().race(Arrays.asList(awaitables.clone()));
    }

    /**
     * Runs all at the same time and results in the first that succeeds. As in {@link #race(Iterable)} the others are then
     * cancelled and waited for, but an error decides nothing: if none succeeds, the first error is thrown, and the others
     * are suppressed in it.
     *
     * @throws IllegalArgumentException when it runs, if there are none
     */
    public static <T extends @Nullable Object> Coroutine<T> firstSuccess(
            Iterable<? extends Awaitable<? extends T>> awaitables) {
        return runtime().firstSuccess(awaitables);
    }

    /** {@link #firstSuccess(Iterable)} of those given. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> Coroutine<T> firstSuccess(Awaitable<? extends T>... awaitables) {
        return runtime().firstSuccess(Arrays.asList(awaitables.clone()));
    }

    /**
     * {@link #firstSuccess(Iterable)} that starts them one after the other: the next when {@code delay} has passed without
     * a result, or at once when one has failed. A coroutine given twice runs twice, so
     * {@code hedge(delay, request, request)} asks a second time where the first answer is slow.
     *
     * @throws IllegalArgumentException when it runs, if there are none
     */
    public static <T extends @Nullable Object> Coroutine<T> hedge(
            Duration delay, Iterable<? extends Awaitable<? extends T>> awaitables) {
        return runtime().hedge(delay, awaitables);
    }

    /** {@link #hedge(Duration, Iterable)} of those given. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> Coroutine<T> hedge(
            Duration delay, Awaitable<? extends T>... awaitables) {
        return runtime().hedge(delay, Arrays.asList(awaitables.clone()));
    }

    /**
     * Awaits {@code awaitable} so that cancelling the waiter leaves it running. Cancelling {@code awaitable} itself
     * cancels the waiter.
     */
    public static <T extends @Nullable Object> Coroutine<T> shield(Awaitable<? extends T> awaitable) {
        return runtime().shield(awaitable);
    }

    /**
     * Runs {@code body} with a {@link TaskGroup} and waits for the tasks it has created, also for those that they create.
     * The first failure, of a task or the body, cancels the others; when all have ended, {@link TaskGroupException} is
     * thrown with everything that failed. Cancelling the group cancels the body and the tasks; if one of them then
     * fails, that is thrown, and the next await after the group throws the cancel.
     *
     * <p>A {@link VirtualMachineError}, such as having no memory, is thrown as it is once all have ended.
     *
     * @return the body's result; null if {@link TaskGroup#cancel()} cut it short
     */
    public static <T extends @Nullable Object> Coroutine<T> taskGroup(
            AsyncFunction<? super TaskGroup, ? extends T> body) {
        return runtime().taskGroup(body);
    }

    // ---- resources

    /** Enters {@code resource}, runs {@code body} with it, and exits it however the body ended: {@code async with}. */
    public static <R extends @Nullable Object, T extends @Nullable Object> Coroutine<T> use(
            AsyncResource<R> resource, AsyncFunction<? super R, ? extends T> body) {
        return runtime().use(resource, body);
    }

    /** {@link #use(AsyncResource, AsyncFunction)} for a body that needs nothing of it, such as a lock. */
    public static <T extends @Nullable Object> Coroutine<T> use(AsyncResource<?> resource, Callable<? extends T> body) {
        return runtime().use(resource, entered -> body.call());
    }

    /** {@link #use(AsyncResource, Callable)} for a body without a result. */
    public static Coroutine<@Nullable Void> use(AsyncResource<?> resource, AsyncRunnable body) {
        return use(resource, callable(body));
    }

    /** Runs {@code body} with a {@link Scope} and gives back what it entered, in reverse order. */
    public static <T extends @Nullable Object> Coroutine<T> scope(AsyncFunction<? super Scope, ? extends T> body) {
        return runtime().scope(body);
    }
}
