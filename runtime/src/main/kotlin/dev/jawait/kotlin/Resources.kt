package dev.jawait.kotlin

import dev.jawait.AsyncResource
import dev.jawait.Coroutine
import dev.jawait.runtime.tasks.ScopeImpl
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.inTask
import dev.jawait.runtime.tasks.scopeIn
import dev.jawait.runtime.tasks.useIn

/** Enters the resource, runs [body] with it, and exits it however the body ended. */
public suspend fun <R, T> AsyncResource<R>.use(body: suspend (R) -> T): T =
    inTask { task -> useIn(task, this) { entered -> task.withJobSlot { body(entered) } } }

/** Runs [body] with a scope, and gives back what it entered, last first, however the body ended. */
public suspend fun <T> scope(body: suspend AsyncScope.() -> T): T =
    inTask { task -> scopeIn(task) { scope -> task.withJobSlot { AsyncScope(scope, task).body() } } }

/** Any number of resources, given back in reverse order when the body of [scope] ends. */
public class AsyncScope internal constructor(private val exits: ScopeImpl, private val task: TaskImpl<*>) {
    /** Enters the resource and registers its exit. */
    public suspend fun <R> enter(resource: AsyncResource<R>): R = exits.enterIn(task, resource)

    /** Registers the resource to be closed, and returns it. */
    public fun <C : AutoCloseable> closing(resource: C): C = exits.closing(resource)

    /** Registers something to run at the end. */
    public fun defer(action: suspend () -> Unit): Unit = exits.add { task, _ -> task.withJobSlot { action() } }
}

/** A resource of two suspend functions. */
public fun <R> asyncResource(enter: suspend () -> R, exit: suspend (R, Throwable?) -> Unit): AsyncResource<R> =
    object : AsyncResource<R> {
        override fun enter(): Coroutine<R> = coroutine("enter", enter)

        override fun exit(resource: R, error: Throwable?): Coroutine<Void?> = coroutine("exit") {
            exit(resource, error)
            null
        }
    }
