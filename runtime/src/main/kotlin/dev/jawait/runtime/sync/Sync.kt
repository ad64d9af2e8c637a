package dev.jawait.runtime.sync

import dev.jawait.spi.SyncRuntime
import dev.jawait.sync.AsyncLifoQueue
import dev.jawait.sync.AsyncPriorityQueue
import dev.jawait.sync.AsyncQueue
import dev.jawait.sync.Barrier
import dev.jawait.sync.BoundedSemaphore
import dev.jawait.sync.Condition
import dev.jawait.sync.Event
import dev.jawait.sync.Lock
import dev.jawait.sync.Semaphore

/** What the factories of [dev.jawait.sync] call. */
internal object Sync : SyncRuntime {
    override fun lock(): Lock = LockImpl()

    override fun event(): Event = EventImpl()

    override fun condition(lock: Lock): Condition = ConditionImpl(lock)

    override fun semaphore(permits: Int): Semaphore = SemaphoreImpl(permits)

    override fun boundedSemaphore(permits: Int): BoundedSemaphore = BoundedSemaphoreImpl(permits)

    override fun barrier(parties: Int): Barrier = BarrierImpl(parties)

    override fun <T> queue(maxSize: Int): AsyncQueue<T> = QueueImpl(maxSize, FifoItems())

    override fun <T : Any> priorityQueue(maxSize: Int, comparator: Comparator<in T>): AsyncPriorityQueue<T> =
        PriorityQueueImpl(maxSize, comparator)

    override fun <T> lifoQueue(maxSize: Int): AsyncLifoQueue<T> = LifoQueueImpl(maxSize)
}
