package dev.jawait.runtime.session

import dev.jawait.http.ClientPayloadException
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf

/** A body that must not be longer than [maxBytes]. */
internal class BoundedBody(private val body: BodySource, private val maxBytes: Long) : BodySource {
    private var read = 0L

    override suspend fun read(task: TaskImpl<*>): ByteBuf? {
        val piece = body.read(task) ?: return null
        read += piece.readableBytes()
        if (read <= maxBytes) return piece
        piece.release()
        throw ClientPayloadException("The body is longer than $maxBytes bytes, the limit that was set", null)
    }

    override fun close(): Unit = body.close()
}
