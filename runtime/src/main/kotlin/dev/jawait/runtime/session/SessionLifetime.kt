package dev.jawait.runtime.session

import dev.jawait.runtime.tasks.TaskImpl
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicBoolean

/** Whether a session is open, what runs in it, and what closes it if nobody else does. Must not refer to the session. */
internal class SessionLifetime private constructor(private val owned: Sender?) {
    private val closed = AtomicBoolean()
    private val running = Running()
    private val webSockets: MutableSet<WebSocketLink> = ConcurrentHashMap.newKeySet()

    val isClosed: Boolean get() = running.isClosed

    /** A request begins, unless it is refused. */
    fun begin(): Unit = check(running.begin()) { REFUSED }

    /** The head of its last response is there, or it has failed. */
    fun end(): Unit = running.end()

    fun checkOpen(): Unit = check(!isClosed) { REFUSED }

    /** Has [webSocket] closed at the end. */
    fun keep(webSocket: WebSocketLink) {
        webSockets.add(webSocket)
        webSocket.onClosed { webSockets.remove(webSocket) }
        if (closed.get()) webSocket.goAway()
    }

    /** False if it is closed already. */
    fun close(): Boolean {
        if (!closed.compareAndSet(false, true)) return false
        running.close()
        webSockets.forEach(WebSocketLink::goAway)
        owned?.close()
        return true
    }

    /** Lets no request begin; whether those that run, and the bodies of their responses, end within [nanos]. */
    suspend fun drain(task: TaskImpl<*>, nanos: Long): Boolean {
        val start = System.nanoTime()
        return GracefulClose.await(task, running.close(), nanos) &&
            GracefulClose.await(task, owned?.drain() ?: NOTHING, nanos - (System.nanoTime() - start))
    }

    companion object {
        private const val REFUSED = "Session is closed: close it when its requests have ended"
        private val NOTHING = CompletableFuture.completedFuture(true)

        fun begin(session: SessionImpl, owned: Sender?): SessionLifetime =
            SessionLifetime(owned).also { Unclosed.watch(session, "session", it::close) }
    }
}
