package dev.jawait.runtime.streams

import dev.jawait.runtime.net.Wire
import dev.jawait.runtime.tasks.CreationSite
import dev.jawait.runtime.tasks.Debug
import org.slf4j.LoggerFactory

/** Closes the wire of a stream that was collected unclosed, and logs it. Must not refer to the stream. */
internal class StreamLifetime private constructor(private val wire: Wire, private val site: CreationSite?) : Runnable {
    override fun run() {
        if (wire.isClosing) return
        wire.abort()
        LOG.warn("A stream to {} was never closed; it is now{}", wire.remoteAddress(), site?.stack() ?: "")
    }

    companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.net")

        fun watch(stream: StreamImpl, wire: Wire) {
            Debug.cleaner.register(stream, StreamLifetime(wire, Debug.site()))
        }
    }
}
