package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.Task
import java.util.concurrent.Callable
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Future
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn

/** What every coroutine is: how to run it inline in a task. */
internal abstract class Recipe<T>(val givenName: String? = null) : Coroutine<T> {
    private val unused = Debug.watch(this)

    @Volatile
    private var slot: InputSlot<*>? = null

    /** It is awaited or started, or another one is made of it: it was not made in vain. */
    fun used() {
        unused?.used()
    }

    /** Where it is in [input], as far as it remembers: see [enter]. */
    fun slotIn(input: SharedInput<*>): InputSlot<*>? = slot?.takeIf { it.isIn(input) }

    /** Remembers [slot], unless it is in another input just now; false if so. */
    fun enter(slot: InputSlot<*>): Boolean {
        val last = this.slot
        return (last == null || last.isLeft) && SLOT.compareAndSet(this, last, slot)
    }

    /** Whether its task is best started on a thread of its own. */
    open val blocks: Boolean get() = false

    /**
     * Whether its task goes on where what it waits for ends, so that its own loop need not be woken up. Not so where a
     * user's code would find itself on another loop after an await.
     */
    open val roams: Boolean get() = true

    /**
     * Whether it needs no task of its own: it has no body of a user's, does not succeed without waiting for something, and loses
     * nothing where it is cancelled.
     */
    open val isPlain: Boolean get() = false

    /** The jobs of a task of it; null if nothing in it asks for one. */
    open fun newSlot(): JobSlot? = null

    /** Begins it as the whole of [task], which goes on with what is returned, unless that is `COROUTINE_SUSPENDED`. */
    open fun begin(task: TaskImpl<T>): Any? {
        val body: suspend () -> T = { runIn(task) }
        return body.startCoroutineUninterceptedOrReturn(task)
    }

    /** Runs it as a part of [task]. */
    abstract suspend fun runIn(task: TaskImpl<*>): T

    /** Takes back what a task of it has come to, but nobody gets: the task, or its future, was cancelled as it ended. */
    open fun takeBack(value: T) {}

    override fun name(): String = givenName ?: javaClass.simpleName

    override fun start(): Task<T> = RunnerImpl.current().startTask(null, this)

    /** Nobody but the future knows the task. */
    override fun toFuture(): CompletableFuture<T> =
        TaskFuture.of(RunnerImpl.current().startTask(null, this), ::takeBack)

    override fun toString(): String = "Coroutine[${name()}]"

    private companion object {
        val SLOT: AtomicReferenceFieldUpdater<Recipe<*>, InputSlot<*>> =
            AtomicReferenceFieldUpdater.newUpdater(Recipe::class.java, InputSlot::class.java, "slot")
    }
}

/** A body in Java, which may block and throw. */
internal class JavaBody<T>(name: String?, private val body: Callable<out T>) : Recipe<T>(name) {
    override val blocks: Boolean get() = true

    override suspend fun runIn(task: TaskImpl<*>): T = task.callBody { body.call() }
}

/** A body in Kotlin, which suspends. */
internal class SuspendBody<T>(name: String?, private val body: suspend () -> T) : Recipe<T>(name) {
    override val roams: Boolean get() = false

    override fun newSlot() = JobSlot(null)

    override fun begin(task: TaskImpl<T>): Any? = body.startCoroutineUninterceptedOrReturn(task)

    override suspend fun runIn(task: TaskImpl<*>): T = task.withJobSlot { body() }
}

/** One of ours, which awaits promises only. */
internal class NativeBody<T>(name: String, private val body: suspend (TaskImpl<*>) -> T) : Recipe<T>(name) {
    override fun begin(task: TaskImpl<T>): Any? = body.startCoroutineUninterceptedOrReturn(task, task)

    override suspend fun runIn(task: TaskImpl<*>): T = body(task)
}

/** As [NativeBody], for what must not be lost. */
internal class Acquiring<T>(
    name: String,
    private val body: suspend (TaskImpl<*>) -> T,
    private val undo: (T) -> Unit,
) : Recipe<T>(name) {
    override suspend fun runIn(task: TaskImpl<*>): T = body(task)

    override fun takeBack(value: T): Unit = undo(value)
}

/** Runs a coroutine inline in [task], waits for a task. */
internal suspend fun <T> Awaitable<out T>?.awaitIn(task: TaskImpl<*>): T = when (this) {
    is Recipe<out T> -> {
        used()
        runIn(task)
    }

    is TaskImpl<out T> -> {
        check(this !== task) { "Task ${name()} cannot await itself" }
        task.awaitPromise(this)
    }

    else -> throw foreign(this)
}

/** The task that an awaitable is, or becomes. */
internal fun <T> Awaitable<out T>?.ensureTask(creator: TaskImpl<*>, name: String? = null): TaskImpl<out T> =
    when (this) {
        is Recipe<out T> -> creator.runner.startTask(name, this, creator)
        is TaskImpl<out T> -> this
        else -> throw foreign(this)
    }

internal fun foreign(awaitable: Any?): RuntimeException = if (awaitable == null) {
    NullPointerException("There is null instead of an awaitable")
} else {
    IllegalArgumentException(
        "Coroutines and tasks are made by Jawait, their interfaces are not for implementing: " +
            "${awaitable.javaClass.name}; use Async.async(body)",
    )
}

/** A stage of somebody else's as a promise; cancelling cancels the stage's future. */
internal class StagePromise<T>(private val stage: CompletionStage<out T>) : Promise<T>() {
    init {
        stage.whenComplete { value, error -> end(outcomeOf(value, error)) }
    }

    override fun toString(): String = "a future: $stage"

    override fun cancel(message: String?): Boolean {
        if (ended != null) return false
        if (stage is Future<*>) stage.cancel(true)
        return super.cancel(message) || ended is Outcome.Cancelled
    }
}
