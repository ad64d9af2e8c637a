package dev.jawait.runtime.tasks

import dev.jawait.AsyncResource
import dev.jawait.AsyncRunnable
import dev.jawait.Coroutine
import dev.jawait.Scope

/** Enters [resource], runs [body], exits however that ended; what the exit throws replaces what the body threw. */
internal suspend fun <R, T> useIn(task: TaskImpl<*>, resource: AsyncResource<R>, body: suspend (R) -> T): T {
    val entered = resource.enter().awaitIn(task)
    return finallyRun({ error -> resource.exit(entered, error).awaitIn(task) }) { body(entered) }
}

/** Runs [body] with a scope, and gives back what it entered, last first. */
internal suspend fun <T> scopeIn(task: TaskImpl<*>, body: suspend (ScopeImpl) -> T): T {
    val scope = ScopeImpl()
    return finallyRun({ error -> scope.exitAll(task, error) }) { body(scope) }
}

private suspend inline fun <T> finallyRun(exit: (Throwable?) -> Unit, body: () -> T): T {
    val result =
        try {
            body()
        } catch (error: Throwable) {
            try {
                exit(error)
            } catch (onExit: Throwable) {
                if (onExit !== error) onExit.addSuppressed(error)
                throw onExit
            }
            throw error
        }
    exit(null)
    return result
}

/** The exits of a scope. */
internal class ScopeImpl : Scope {
    private val exits = ArrayDeque<suspend (TaskImpl<*>, Throwable?) -> Unit>()

    override fun <R> enter(resource: AsyncResource<R>): Coroutine<R> = NativeBody("scope.enter") { task ->
        enterIn(task, resource)
    }

    suspend fun <R> enterIn(task: TaskImpl<*>, resource: AsyncResource<R>): R {
        val entered = resource.enter().awaitIn(task)
        add { exiting, error -> resource.exit(entered, error).awaitIn(exiting) }
        return entered
    }

    override fun <C : AutoCloseable> closing(resource: C): C {
        defer(resource::close)
        return resource
    }

    override fun defer(action: AsyncRunnable): Unit = add { exiting, _ -> exiting.callBody(action::run) }

    fun add(exit: suspend (TaskImpl<*>, Throwable?) -> Unit): Unit = synchronized(this) { exits.addLast(exit) }

    suspend fun exitAll(task: TaskImpl<*>, error: Throwable?) {
        var last = error
        while (true) {
            val exit = synchronized(this) { exits.removeLastOrNull() } ?: break
            try {
                exit(task, last)
            } catch (failure: Throwable) {
                last?.takeIf { it !== failure }?.let(failure::addSuppressed)
                last = failure
            }
        }
        if (last != null && last !== error) throw last
    }
}
