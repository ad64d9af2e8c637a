package dev.jawait.runtime.session

import org.slf4j.LoggerFactory
import java.lang.ref.Cleaner
import java.util.concurrent.atomic.AtomicBoolean

/** Whether a session is open, and what closes it if nobody else does. Must not refer to the session. */
internal class SessionLifetime private constructor(private val owned: AutoCloseable?) : Runnable {
    private val created = Throwable("The session was created here")
    private val closed = AtomicBoolean()

    val isClosed: Boolean get() = closed.get()

    fun close() {
        if (closed.compareAndSet(false, true)) owned?.close()
    }

    /** The session has been collected. */
    override fun run() {
        if (isClosed) return
        close()
        LOG.warn("A session was never closed; it is closed now that nobody refers to it", created)
    }

    companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.http")
        private val cleaner = Cleaner.create { Thread(it, "jawait-session-cleaner").apply { isDaemon = true } }

        fun begin(session: SessionImpl, owned: AutoCloseable?): SessionLifetime =
            SessionLifetime(owned).also { cleaner.register(session, it) }
    }
}
