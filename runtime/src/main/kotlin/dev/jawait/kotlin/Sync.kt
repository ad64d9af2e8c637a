package dev.jawait.kotlin

import dev.jawait.sync.AsyncQueue
import dev.jawait.sync.Condition
import dev.jawait.sync.Lock
import dev.jawait.sync.QueueShutDownException
import dev.jawait.sync.Semaphore
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Runs [body] with the lock held, that of a [Condition] too, and releases it however that ended. */
public suspend fun <T> Lock.withLock(body: suspend () -> T): T = use { body() }

/** Runs [body] with a permit, and gives it back however that ended. */
public suspend fun <T> Semaphore.withPermit(body: suspend () -> T): T = use { body() }

/**
 * The items as each collector gets them, until the queue is shut down and empty. Several collectors share the items
 * between them. Whoever calls [AsyncQueue.join] wants the collector to call [AsyncQueue.taskDone].
 */
public fun <T> AsyncQueue<T>.asFlow(): Flow<T> = flow {
    while (true) {
        val item =
            try {
                get().await()
            } catch (_: QueueShutDownException) {
                break
            }
        emit(item)
    }
}
