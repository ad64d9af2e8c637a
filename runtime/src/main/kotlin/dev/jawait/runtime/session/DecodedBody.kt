package dev.jawait.runtime.session

import dev.jawait.http.ClientPayloadException
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf
import io.netty.handler.codec.compression.DecompressionException
import io.netty.handler.codec.compression.Decompressor
import io.netty.handler.codec.compression.Decompressor.Status

/** A body with a content coding undone, a piece at a time: what is not asked for is not decompressed. */
internal class DecodedBody(private val encoded: BodySource, private val coding: Coding, private val maxRatio: Int) :
    BodySource {
    // Guarded by this, all of them: whoever closes a response need not be who reads it.
    private var made: Decompressor? = null
    private var closed = false
    private var ended = false
    private var finished = false
    private var received = 0L
    private var decoded = 0L

    /** What came, before any coding was undone. */
    private val wireBytes: Long get() = (encoded as? DecodedBody)?.wireBytes ?: received

    private val decompressor: Decompressor get() = made ?: coding.decompressor().also { made = it }

    override suspend fun read(task: TaskImpl<*>): ByteBuf? {
        while (!finished) {
            when (step { decompressor.status() }) {
                Status.NEED_OUTPUT -> step { output() }?.let { return it }
                Status.NEED_INPUT -> if (ended) truncated() else input(encoded.read(task))
                Status.COMPLETE -> encoded.read(task)?.release() ?: finish()
            }
            if (ended && received == 0L) finish()
        }
        return null
    }

    private fun output(): ByteBuf? {
        val piece = decompressor.takeOutput()
        decoded += piece.readableBytes()
        if (maxRatio > 0 && decoded > TOLERATED && decoded > wireBytes * maxRatio) {
            piece.release()
            throw ClientPayloadException("The body, as $coding, expands to more than $maxRatio times its size", null)
        }
        return if (piece.isReadable) piece else null.also { piece.release() }
    }

    /** With the end of the input there may come more output. */
    private fun input(piece: ByteBuf?): Unit = synchronized(this) {
        if (closed) piece?.release()
        step { take(piece) }
    }

    private fun take(piece: ByteBuf?) {
        if (piece == null) {
            ended = true
            if (received > 0) decompressor.endOfInput()
        } else {
            received += piece.readableBytes()
            decompressor.addInput(piece)
        }
    }

    private fun truncated() {
        if (coding.tellsItsEnd) step<Unit> { throw DecompressionException("it ends too early") }
        finish()
    }

    private fun finish() {
        finished = true
        close()
    }

    private inline fun <R> step(action: () -> R): R = synchronized(this) {
        if (closed) throw closedUnread()
        try {
            action()
        } catch (error: DecompressionException) {
            throw ClientPayloadException("The body is not what Content-Encoding says, $coding: ${error.message}", error)
        }
    }

    override fun close() {
        synchronized(this) {
            closed = true
            made?.close()
        }
        encoded.close()
    }

    private companion object {
        /** So much may come of however little. */
        private const val TOLERATED = 1024L * 1024
    }
}
