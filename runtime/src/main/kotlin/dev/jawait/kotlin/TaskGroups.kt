package dev.jawait.kotlin

import dev.jawait.Task
import dev.jawait.TaskGroup
import dev.jawait.runtime.tasks.inTask
import dev.jawait.runtime.tasks.taskGroupIn

/**
 * Runs [body] with a task group and waits for the tasks it has created; see [dev.jawait.Async.taskGroup]. As
 * `coroutineScope`, the first failure cancels the others; but what is thrown is a [dev.jawait.TaskGroupException] with
 * everything that failed. If [TaskGroup.cancel] cuts the body short, the result is null, whatever [T] is.
 */
public suspend fun <T> taskGroup(body: suspend TaskGroup.() -> T): T =
    inTask { task -> taskGroupIn(task) { group -> group.body() } }

/** Starts [body] as a task of the group; see [TaskGroup.createTask]. */
public fun <T> TaskGroup.createTask(name: String? = null, body: suspend () -> T): Task<T> =
    createTask(coroutine(name, body))
