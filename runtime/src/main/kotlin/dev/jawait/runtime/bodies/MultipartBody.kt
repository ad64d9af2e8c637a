package dev.jawait.runtime.bodies

import dev.jawait.http.Multipart
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow
import java.nio.ByteBuffer
import java.util.UUID

/** Parts as `multipart/form-data` (RFC 7578), names escaped as browsers do. */
internal class MultipartBody(parts: List<Multipart.Part>) : Body() {
    private val boundary = "jawait-" + UUID.randomUUID()
    private val parts = parts.map(::Section)

    /** Whether the parts are being sent, which lets go of them. */
    @Volatile
    private var begun = false
    private val end = "--$boundary--\r\n".encodeToByteArray()

    init {
        require(parts.isNotEmpty()) { "A multipart body without a part: add a field or a file" }
    }

    private inner class Section(part: Multipart.Part) {
        val body = Body.of(part.body())
        val head = head(part)

        init {
            require(body.contentEncoding() == null) {
                "The part ${part.name()} is compressed; what can be compressed is the multipart body as a whole"
            }
        }

        val length: Long get() = body.length().let { if (it < 0) -1 else head.size + it + END_OF_PART.size }

        suspend fun emitTo(collector: FlowCollector<ByteBuffer>) {
            collector.emit(ByteBuffer.wrap(head))
            body.pieces().collect(collector)
            collector.emit(ByteBuffer.wrap(END_OF_PART))
        }
    }

    private fun head(part: Multipart.Part): ByteArray {
        val head = StringBuilder("--$boundary\r\nContent-Disposition: form-data; name=\"${escaped(part.name())}\"")
        part.fileName()?.let { fileName ->
            head.append("; filename=\"${escaped(fileName)}\"\r\nContent-Type: ${checked(part.body().contentType())}")
        }
        return head.append("\r\n\r\n").toString().encodeToByteArray()
    }

    private fun escaped(name: String) = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A")

    private fun checked(type: String): String = type.also {
        require(it.all { char -> char in ' '..'~' }) { "An illegal character in the content type of a part" }
    }

    override fun contentType(): String = "multipart/form-data; boundary=$boundary"

    override fun length(): Long {
        val lengths = parts.map { it.length }
        return if (lengths.any { it < 0 }) -1 else lengths.sum() + end.size
    }

    override fun isReplayable(): Boolean = parts.all { it.body.isReplayable }

    override val isSpent: Boolean get() = parts.any { it.body.isSpent }

    override fun pieces(): Flow<ByteBuffer> = flow {
        begun = true
        try {
            parts.forEach { it.emitTo(this) }
            emit(ByteBuffer.wrap(end))
        } finally {
            abandonParts()
        }
    }

    override fun abandon() {
        if (!begun) abandonParts()
    }

    private fun abandonParts(): Unit = parts.forEach { it.body.abandon() }

    private companion object {
        private val END_OF_PART = "\r\n".encodeToByteArray()
    }
}
