package dev.jawait.spi;

import dev.jawait.AsCompleted;
import dev.jawait.AsyncFunction;
import dev.jawait.AsyncIterable;
import dev.jawait.AsyncResource;
import dev.jawait.Awaitable;
import dev.jawait.ContextVar;
import dev.jawait.Coroutine;
import dev.jawait.Deadline;
import dev.jawait.Gather;
import dev.jawait.ReturnWhen;
import dev.jawait.Runner;
import dev.jawait.Scope;
import dev.jawait.Task;
import dev.jawait.TaskGroup;
import dev.jawait.TaskTree;
import dev.jawait.ThreadLocals;
import dev.jawait.WaitUntil;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tasks behind {@link dev.jawait.Async}; its methods are documented there. */
public interface TaskRuntime {
    /** The one found on the class path or module path. */
    static TaskRuntime get() {
        return RuntimeProvider.get().tasks();
    }

    <T extends @Nullable Object> T run(Awaitable<? extends T> awaitable);

    <T extends @Nullable Object> Coroutine<T> async(@Nullable String name, Callable<? extends T> body);

    <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable);

    <T extends @Nullable Object> T await(CompletionStage<? extends T> stage);

    <T extends @Nullable Object> Coroutine<T> fromStage(CompletionStage<? extends T> stage);

    <T extends @Nullable Object> Coroutine<T> fromFuture(Future<? extends T> future);

    <T> AsyncResource<AsyncIterable<T>> subscribe(Flow.Publisher<? extends T> publisher);

    <T extends @Nullable Object> Task<T> createTask(@Nullable String name, Awaitable<T> awaitable);

    <T extends @Nullable Object> Task<T> startEagerly(@Nullable String name, Awaitable<T> awaitable);

    <T extends @Nullable Object> Coroutine<T> toThread(Callable<? extends T> code);

    @Nullable
    Task<?> currentTask();

    Set<Task<?>> allTasks();

    TaskTree taskTree();

    Duration time();

    <T extends @Nullable Object> Coroutine<T> sleep(Duration duration, T value);

    <T extends @Nullable Object> Coroutine<T> withTimeout(Duration limit, Awaitable<? extends T> awaitable);

    <T extends @Nullable Object> Coroutine<T> withTimeout(
            Duration limit, AsyncFunction<? super Deadline, ? extends T> body);

    @Nullable
    Deadline deadline();

    <T extends @Nullable Object> Coroutine<T> timed(String name, Awaitable<? extends T> awaitable);

    <T extends @Nullable Object> Gather<T> gather(Iterable<? extends Awaitable<? extends T>> awaitables);

    <T extends @Nullable Object> AsCompleted<T> asCompleted(Iterable<? extends Awaitable<? extends T>> awaitables);

    <T extends @Nullable Object> WaitUntil<T> waitUntil(
            ReturnWhen returnWhen, Iterable<? extends Task<? extends T>> tasks);

    <T extends @Nullable Object> Coroutine<T> race(Iterable<? extends Awaitable<? extends T>> awaitables);

    <T extends @Nullable Object> Coroutine<T> firstSuccess(Iterable<? extends Awaitable<? extends T>> awaitables);

    <T extends @Nullable Object> Coroutine<T> hedge(
            Duration delay, Iterable<? extends Awaitable<? extends T>> awaitables);

    <T extends @Nullable Object> Coroutine<T> shield(Awaitable<? extends T> awaitable);

    <T extends @Nullable Object> Coroutine<T> taskGroup(AsyncFunction<? super TaskGroup, ? extends T> body);

    <R extends @Nullable Object, T extends @Nullable Object> Coroutine<T> use(
            AsyncResource<R> resource, AsyncFunction<? super R, ? extends T> body);

    <T extends @Nullable Object> Coroutine<T> scope(AsyncFunction<? super Scope, ? extends T> body);

    <T extends @Nullable Object> ContextVar<T> contextVar(String name, @Nullable Supplier<? extends T> defaultValue);

    ThreadLocals.Following follow(ThreadLocal<?> local);

    Runner.Builder runnerBuilder();
}
