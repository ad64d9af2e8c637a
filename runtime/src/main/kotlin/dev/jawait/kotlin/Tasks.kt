package dev.jawait.kotlin

import dev.jawait.Awaitable
import dev.jawait.Coroutine
import dev.jawait.Task
import dev.jawait.runtime.tasks.Current
import dev.jawait.runtime.tasks.Recipe
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.SuspendBody
import dev.jawait.runtime.tasks.Tasks
import dev.jawait.runtime.tasks.awaitInTask
import dev.jawait.runtime.tasks.ensureTask
import dev.jawait.runtime.tasks.foreign
import dev.jawait.runtime.tasks.inTask
import dev.jawait.runtime.tasks.onThread
import dev.jawait.runtime.tasks.sleep
import dev.jawait.runtime.tasks.timedIn
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/*
 * Every suspend function here may be called under any dispatcher. Called from outside of a task of Jawait's, it runs as
 * one for the time, on the caller's dispatcher; cancelling the caller's job cancels it, and the caller goes on when it
 * has ended, as asyncio has it, not before.
 */

/** A coroutine of a suspend [body]: a recipe that each await or start runs anew. */
public fun <T> coroutine(name: String? = null, body: suspend () -> T): Coroutine<T> = SuspendBody(name, body)

/**
 * Waits: a coroutine runs inline in the current task, a task is waited for. Throws what it failed with, the same object,
 * checked or not.
 */
public suspend fun <T> Awaitable<T>.await(): T = awaitInTask()

/** Starts [body] as a task, which runs beside the caller. */
public suspend fun <T> createTask(name: String? = null, body: suspend () -> T): Task<T> =
    createTask(SuspendBody(name, body))

/** Starts [awaitable] as a task, which runs beside the caller; a task is returned as it is. */
@Suppress("UNCHECKED_CAST")
public suspend fun <T> createTask(awaitable: Awaitable<T>): Task<T> = when (awaitable) {
    is Task<T> -> awaitable
    else -> inTask { task -> awaitable.ensureTask(task) as Task<T> }
}

/**
 * Starts [body] as a task whose first piece, up to the first suspension, runs before this returns; see
 * [dev.jawait.Async.startEagerly].
 */
public suspend fun <T> startEagerly(name: String? = null, body: suspend () -> T): Task<T> =
    startEagerly(SuspendBody(name, body))

/** Starts [awaitable] as a task whose first piece runs before this returns; a task is returned as it is. */
public suspend fun <T> startEagerly(awaitable: Awaitable<T>): Task<T> = when (awaitable) {
    is Recipe<T> -> inTask { task -> task.runner.startTaskEagerly(null, awaitable, task) }
    is Task<T> -> awaitable
    else -> throw foreign(awaitable)
}

/**
 * Runs blocking [code] on a thread of its own. A cancelled caller does not wait for it: it is interrupted and left alone,
 * its result thrown away.
 */
public suspend fun <T> toThread(code: () -> T): T = inTask { task -> task.onThread(code) }

/** The task whose body this is, or null in a caller from outside. */
public fun currentTask(): Task<*>? = Current.task

/** The tasks that have not ended: of this run inside one, else of the shared runtime. */
public fun allTasks(): Set<Task<*>> = Current.task?.scope?.tasks() ?: RunnerImpl.shared.allTasks()

/** The clock that [sleep] and all time limits here go by; see [dev.jawait.Async.time]. */
public fun time(): Duration = Tasks.time().toKotlinDuration()

/** Waits for [duration]; zero or less lets others run once. As `delay`, but on the clock of the task's runner. */
public suspend fun sleep(duration: Duration): Unit = inTask { task -> task.sleep(duration.inWholeNanoseconds) }

/** Logs that [body] starts, under [name], and how long it took, however it ends. */
public suspend fun <T> timed(name: String, body: suspend () -> T): T =
    inTask { task -> timedIn(task, name) { task.withJobSlot { body() } } }
