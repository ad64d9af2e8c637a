package dev.jawait.runtime.bodies

import dev.jawait.http.ProgressListener
import dev.jawait.runtime.session.quietly
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.nio.ByteBuffer

/** [body], which tells [listener] of each piece that the transport has taken. */
internal class ProgressBody(private val body: Body, private val listener: ProgressListener) : Body() {
    override fun contentType(): String = body.contentType()

    override fun contentEncoding(): String? = body.contentEncoding()

    override fun length(): Long = body.length()

    override fun isReplayable(): Boolean = body.isReplayable

    override val isSpent: Boolean get() = body.isSpent

    override fun pieces(): Flow<ByteBuffer> = flow {
        val total = onThread(body::length)
        var sent = 0L
        body.pieces().collect { piece ->
            sent += piece.remaining()
            emit(piece)
            quietly { listener.transferred(sent, total) }
        }
    }

    override fun abandon(): Unit = body.abandon()
}
