package dev.jawait.runtime.tasks

import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** A future that refuses to block where that would stop what it waits for; so do its dependents. */
internal open class SafeFuture<T> : CompletableFuture<T>() {
    override fun join(): T {
        checkMayBlock()
        return super.join()
    }

    override fun get(): T {
        checkMayBlock()
        return super.get()
    }

    override fun get(timeout: Long, unit: TimeUnit): T {
        checkMayBlock()
        return super.get(timeout, unit)
    }

    private fun checkMayBlock() {
        if (!isDone) checkMayBlock("waiting for a future")
    }

    override fun <U> newIncompleteFuture(): CompletableFuture<U> = SafeFuture()
}
