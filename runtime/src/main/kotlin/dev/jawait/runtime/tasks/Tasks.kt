package dev.jawait.runtime.tasks

import dev.jawait.AsCompleted
import dev.jawait.AsyncFunction
import dev.jawait.AsyncIterable
import dev.jawait.AsyncResource
import dev.jawait.Awaitable
import dev.jawait.ContextVar
import dev.jawait.Coroutine
import dev.jawait.Deadline
import dev.jawait.Gather
import dev.jawait.ReturnWhen
import dev.jawait.Runner
import dev.jawait.Scope
import dev.jawait.Task
import dev.jawait.TaskGroup
import dev.jawait.TaskTree
import dev.jawait.ThreadLocals
import dev.jawait.WaitUntil
import dev.jawait.spi.TaskRuntime
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CompletionStage
import java.util.concurrent.Flow
import java.util.concurrent.Future
import java.util.function.Supplier

/** What [dev.jawait.Async] calls. */
internal object Tasks : TaskRuntime {
    override fun <T> run(awaitable: Awaitable<out T>): T = RunnerImpl.current().run(awaitable)

    override fun <T> async(name: String?, body: Callable<out T>): Coroutine<T> = JavaBody(name, body)

    override fun <T> await(awaitable: Awaitable<out T>): T = awaiting { task -> awaitable.awaitIn(task) }

    override fun <T> await(stage: CompletionStage<out T>): T = awaiting { task ->
        task.awaitPromise(StagePromise(stage))
    }

    private fun <T> awaiting(suspended: suspend (TaskImpl<*>) -> T): T {
        val task =
            checkNotNull(Current.task) {
                "await() works only inside of a body: start with run(body), or use toFuture() outside"
            }
        try {
            return task.await { suspended(task) }
        } catch (error: Throwable) {
            // Unchecked ones as they are, checked ones wrapped: the rule is Outcome's.
            throw if (error is RuntimeException ||
                error is Error
            ) {
                error
            } else {
                java.util.concurrent.CompletionException(error)
            }
        }
    }

    override fun <T> fromStage(stage: CompletionStage<out T>): Coroutine<T> = NativeBody("stage") { task ->
        task.awaitPromise(StagePromise(stage))
    }

    override fun <T> fromFuture(future: Future<out T>): Coroutine<T> = if (future is CompletionStage<*>) {
        fromStage(future.asStage())
    } else {
        NativeBody("future") {
            it.awaitFuture(future)
        }
    }

    override fun <T : Any> subscribe(publisher: Flow.Publisher<out T>): AsyncResource<AsyncIterable<T>> =
        PublisherResource(publisher)

    override fun <T> createTask(name: String?, awaitable: Awaitable<T>): Task<T> = when (awaitable) {
        is Recipe<T> -> RunnerImpl.current().startTask(name, awaitable)
        is TaskImpl<T> -> awaitable
        else -> throw foreign(awaitable)
    }

    override fun <T> startEagerly(name: String?, awaitable: Awaitable<T>): Task<T> = when (awaitable) {
        is Recipe<T> -> RunnerImpl.current().startTaskEagerly(name, awaitable)
        is TaskImpl<T> -> awaitable
        else -> throw foreign(awaitable)
    }

    override fun <T> toThread(code: Callable<out T>): Coroutine<T> =
        NativeBody("toThread") { task -> task.onThread { code.call() } }

    override fun currentTask(): Task<*>? = Current.task

    override fun allTasks(): Set<Task<*>> = Current.task?.scope?.tasks() ?: RunnerImpl.shared.allTasks()

    override fun taskTree(): TaskTree = TaskTree(
        allTasks().mapNotNull {
            (it as TaskImpl<*>).node()
        }.sortedBy { it.id },
    )

    override fun time(): Duration = Duration.ofNanos(Current.task?.timers?.nanoTime() ?: System.nanoTime())

    override fun <T> sleep(duration: Duration, value: T): Coroutine<T> = Sleep(duration, value)

    override fun <T> withTimeout(limit: Duration, awaitable: Awaitable<out T>): Coroutine<T> =
        TimeLimit(limit, awaitable)

    override fun <T> withTimeout(limit: Duration, body: AsyncFunction<in Deadline, out T>): Coroutine<T> =
        NativeBody("withTimeout") { task ->
            withTimeLimit(task, limit) { deadline -> task.callBody { body.apply(deadline) } }
        }

    override fun deadline(): Deadline? = Current.task?.deadline

    override fun <T> timed(name: String, awaitable: Awaitable<out T>): Coroutine<T> =
        NativeBody(name) { task -> timedIn(task, name) { awaitable.awaitIn(task) } }

    override fun <T> gather(awaitables: Iterable<Awaitable<out T>>): Gather<T> = GatherImpl(awaitables)

    override fun <T> asCompleted(awaitables: Iterable<Awaitable<out T>>): AsCompleted<T> = AsCompletedImpl(awaitables)

    override fun <T> waitUntil(returnWhen: ReturnWhen, tasks: Iterable<Task<out T>>): WaitUntil<T> =
        WaitUntilImpl.of(returnWhen, tasks)

    override fun <T> race(awaitables: Iterable<Awaitable<out T>>): Coroutine<T> = Race("race", awaitables) { true }

    override fun <T> firstSuccess(awaitables: Iterable<Awaitable<out T>>): Coroutine<T> =
        Race("firstSuccess", awaitables) { it.isSuccess }

    override fun <T> hedge(delay: Duration, awaitables: Iterable<Awaitable<out T>>): Coroutine<T> =
        Race("hedge", awaitables, delay) { it.isSuccess }

    override fun <T> shield(awaitable: Awaitable<out T>): Coroutine<T> = Shield(awaitable)

    override fun <T> taskGroup(body: AsyncFunction<in TaskGroup, out T>): Coroutine<T> =
        NativeBody("taskGroup") { task -> taskGroupIn(task) { group -> task.callBody { body.apply(group) } } }

    override fun <R, T> use(resource: AsyncResource<R>, body: AsyncFunction<in R, out T>): Coroutine<T> =
        NativeBody("use") { task ->
            useIn(task, resource) { entered -> task.callBody { body.apply(entered) } }
        }

    override fun <T> scope(body: AsyncFunction<in Scope, out T>): Coroutine<T> =
        NativeBody("scope") { task -> scopeIn(task) { scope -> task.callBody { body.apply(scope) } } }

    override fun <T> contextVar(name: String, defaultValue: Supplier<out T>?): ContextVar<T> =
        ContextVarImpl(name, defaultValue)

    override fun follow(local: ThreadLocal<*>): ThreadLocals.Following = Carried.follow(local)

    override fun runnerBuilder(): Runner.Builder = RunnerBuilder()
}

@Suppress("UNCHECKED_CAST")
private fun <T> Future<out T>.asStage() = this as CompletionStage<out T>
