package dev.jawait.runtime.tasks

import dev.jawait.AsyncIterable
import dev.jawait.AsyncResource
import dev.jawait.Coroutine
import kotlinx.coroutines.flow.flow
import java.util.concurrent.Flow

/** The resource of `subscribe`: a subscription while its body runs. */
internal class PublisherResource<T : Any>(private val publisher: Flow.Publisher<out T>) :
    AsyncResource<AsyncIterable<T>> {
    override fun enter(): Coroutine<AsyncIterable<T>> = NativeBody("subscribe") {
        Subscribing<T>().also { publisher.subscribe(it) }
    }

    override fun exit(resource: AsyncIterable<T>, error: Throwable?): Coroutine<Void?> = NativeBody("subscribe.exit") {
        (resource as Subscribing<T>).cancel()
        null
    }
}

/** What the publisher sends as a flow: each collection subscribes, requests item by item, and cancels at its end. */
internal fun <T : Any> Flow.Publisher<out T>.items(): kotlinx.coroutines.flow.Flow<T> = flow {
    val items = Subscribing<T>()
    subscribe(items)
    try {
        while (true) emit(inTask { items.takeIn(it) } ?: break)
    } finally {
        items.cancel()
    }
}

/** What a publisher sends, requested item by item as it is awaited. */
internal class Subscribing<T : Any> :
    AsyncItems<T>("subscribe"),
    Flow.Subscriber<T> {
    /** Items, [End]s and [Broken]s. */
    private val signals = CompletionQueue<Any>()

    // Guarded by this, all of them.
    private var subscription: Flow.Subscription? = null
    private var owed = 0L
    private var waiting = 0L
    private var over: Any? = null

    private object End

    private class Broken(val error: Throwable)

    override suspend fun nextIn(task: TaskImpl<*>): T? {
        synchronized(this) { over }?.let { return end(it) }
        request()
        try {
            return read(signals.take(task))
        } finally {
            synchronized(this) { waiting-- }
        }
    }

    /** One for each who waits, if it is not on its way since somebody else who waited for it was cancelled. */
    private fun request() {
        val publisher =
            synchronized(this) {
                if (++waiting <= owed) return
                subscription?.also { owed++ }
            }
        publisher?.request(1)
    }

    @Suppress("UNCHECKED_CAST")
    private fun read(signal: Any): T? {
        if (signal !is End && signal !is Broken) return signal as T
        synchronized(this) { over = signal }
        // For others who wait.
        signals.put(signal)
        return end(signal)
    }

    private fun end(signal: Any): T? = if (signal is Broken) throw signal.error else null

    fun cancel() {
        synchronized(this) {
            over = End
            subscription
        }?.cancel()
    }

    // ---- what the publisher calls

    override fun onSubscribe(subscription: Flow.Subscription) {
        val missing =
            synchronized(this) {
                if (this.subscription != null || over != null) return@synchronized -1
                this.subscription = subscription
                waiting.also { owed = it }
            }
        if (missing < 0) {
            subscription.cancel()
        } else if (missing > 0) {
            subscription.request(missing)
        }
    }

    override fun onNext(item: T) {
        synchronized(this) { owed-- }
        signals.put(item)
    }

    override fun onError(error: Throwable): Unit = signals.put(Broken(error))

    override fun onComplete(): Unit = signals.put(End)
}
