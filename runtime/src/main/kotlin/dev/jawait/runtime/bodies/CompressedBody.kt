package dev.jawait.runtime.bodies

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.util.zip.DeflaterOutputStream
import java.util.zip.GZIPOutputStream

/** [body], compressed as it is sent. */
internal class CompressedBody(private val body: Body, private val coding: String) : Body() {
    init {
        require(coding == GZIP || coding == DEFLATE) { "Bodies are compressed with gzip or deflate, not with: $coding" }
        val before = body.contentEncoding()
        require(before == null) { "The body is compressed already, with $before" }
    }

    override fun contentType(): String = body.contentType()

    override fun contentEncoding(): String = coding

    override fun length(): Long = -1

    override fun isReplayable(): Boolean = body.isReplayable

    override val isSpent: Boolean get() = body.isSpent

    override fun pieces(): Flow<ByteBuffer> = flow {
        val compressed = ByteArrayOutputStream()
        val compressing = if (coding == GZIP) GZIPOutputStream(compressed) else DeflaterOutputStream(compressed)
        compressing.use {
            body.pieces().collect { piece ->
                onThread { it.write(bytes(piece)) }
                if (compressed.size() > 0) emit(taken(compressed))
            }
            onThread(it::finish)
            emit(taken(compressed))
        }
    }

    private fun bytes(piece: ByteBuffer) = ByteArray(piece.remaining()).also(piece::get)

    private fun taken(compressed: ByteArrayOutputStream): ByteBuffer =
        ByteBuffer.wrap(compressed.toByteArray()).also { compressed.reset() }

    override fun abandon(): Unit = body.abandon()

    private companion object {
        private const val GZIP = "gzip"
        private const val DEFLATE = "deflate"
    }
}
