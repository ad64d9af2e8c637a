package dev.jawait.runtime.bodies

import dev.jawait.runtime.tasks.RunnerImpl
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import org.slf4j.LoggerFactory
import java.io.IOException
import java.io.InputStream
import java.nio.ByteBuffer

/** What is in a stream: opened, read and closed on threads that may block. */
internal class StreamPieces private constructor(private var stream: InputStream?, private val open: () -> InputStream) {
    private var closed = false

    /** A stream that is there already. */
    constructor(stream: InputStream) : this(stream, { stream })

    /** One that is opened when it is read first. */
    constructor(open: () -> InputStream) : this(null, open)

    /** To its end. Whoever collects them calls [closeSoon]. */
    val pieces: Flow<ByteBuffer> = flow {
        while (true) emit(onThread(::read) ?: break)
    }

    @Synchronized
    private fun read(): ByteBuffer? {
        if (closed) throw IOException("the stream is closed")
        val source = stream ?: open().also { stream = it }
        val bytes = ByteArray(Body.PIECE)
        val count = source.read(bytes)
        return if (count < 0) null else ByteBuffer.wrap(bytes, 0, count)
    }

    /** Whoever was cancelled does not wait for a read that does not hear. */
    fun closeSoon(): Unit = RunnerImpl.shared.threads.execute(::close)

    @Synchronized
    private fun close() {
        closed = true
        try {
            stream?.close()
        } catch (error: IOException) {
            LOG.warn("The stream of a request's body cannot be closed", error)
        }
    }

    private companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.http")
    }
}

/** A stream that is opened anew for each collection. */
internal fun piecesOf(open: () -> InputStream): Flow<ByteBuffer> = flow {
    val source = StreamPieces(open)
    try {
        source.pieces.collect(this)
    } finally {
        source.closeSoon()
    }
}
