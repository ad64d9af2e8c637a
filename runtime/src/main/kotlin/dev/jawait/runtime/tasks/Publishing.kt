package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import kotlinx.coroutines.flow.Flow
import java.util.concurrent.Flow.Subscriber
import java.util.concurrent.Flow.Subscription

/**
 * A subscription: a task that produces items as the subscriber demands them.
 *
 * @param blocks whether the subscriber may block
 */
internal abstract class Publishing<T : Any>(
    private val name: String,
    private val subscriber: Subscriber<in T>,
    private val blocks: Boolean,
) : Subscription {
    // Guarded by this, all of them.
    private var demand = 0L
    private var wanted: Promise<Unit>? = null
    private var refused: IllegalArgumentException? = null
    private var cancelled = false
    private var task: TaskImpl<*>? = null

    /** Sends the items, each when it was demanded. */
    protected abstract suspend fun produce(task: TaskImpl<*>)

    fun begin(runner: RunnerImpl = RunnerImpl.current()) {
        runner.startTask(null, NativeBody("$name.subscribe", ::publish))
    }

    private suspend fun publish(task: TaskImpl<*>): Void? {
        synchronized(this) { this.task = task }
        tell(task) { subscriber.onSubscribe(this) }
        val error = runCatching { produce(task) }.exceptionOrNull()
        if (isCancelled(task)) return null
        tell(task) { if (error == null) subscriber.onComplete() else subscriber.onError(error) }
        return null
    }

    private suspend inline fun tell(task: TaskImpl<*>, crossinline signal: () -> Unit) {
        if (blocks) task.callBody { signal() } else signal()
    }

    private fun isCancelled(task: TaskImpl<*>) = task.cancelling() > 0 || synchronized(this) { cancelled }

    /** Sends [item], which was demanded. */
    protected suspend fun send(task: TaskImpl<*>, item: T) {
        if (!isCancelled(task)) tell(task) { subscriber.onNext(item) }
    }

    /** Waits until an item is demanded. */
    protected suspend fun awaitDemand(task: TaskImpl<*>) {
        while (true) {
            val more =
                synchronized(this) {
                    refused?.let { throw it }
                    if (demand > 0) {
                        demand--
                        return
                    }
                    Promise<Unit>().also { wanted = it }
                }
            task.awaitPromise(more)
        }
    }

    override fun request(n: Long) {
        val waiting =
            synchronized(this) {
                if (n <= 0) refused = IllegalArgumentException("A subscriber requests an item at least (rule 3.9): $n")
                demand = if (demand + n < 0) Long.MAX_VALUE else demand + n
                wanted.also { wanted = null }
            }
        waiting?.end(Outcome.Success(Unit))
    }

    override fun cancel() {
        synchronized(this) {
            cancelled = true
            task
        }?.cancel("The subscription was cancelled")
    }
}

/** A subscription to what can be awaited. */
internal open class PublishedItems<T : Any>(private val items: AsyncItems<T>, subscriber: Subscriber<in T>) :
    Publishing<T>(items.name, subscriber, blocks = true) {
    override suspend fun produce(task: TaskImpl<*>) {
        while (true) {
            awaitDemand(task)
            send(task, items.takeIn(task) ?: return)
        }
    }
}

/** A subscription to a flow of Kotlin's, which collects it. */
internal class PublishedFlow<T : Any>(
    private val flow: Flow<T>,
    subscriber: Subscriber<in T>,
    blocks: Boolean = true,
) : Publishing<T>("flow", subscriber, blocks) {
    override suspend fun produce(task: TaskImpl<*>): Unit = task.withJobSlot {
        flow.collect { item ->
            awaitDemand(task)
            send(task, item)
        }
    }
}
