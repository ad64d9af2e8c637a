package dev.jawait.runtime.session

import dev.jawait.http.ClientPayloadException
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf

/**
 * How the body of a response is read.
 *
 * @property decompress whether content codings are undone
 * @property maxBytes how long it may be, decompressed; 0: no limit
 * @property maxRatio how many times longer than what was received it may be once decompressed; 0: no limit
 */
internal data class BodyLimits(val decompress: Boolean = true, val maxBytes: Long = 0, val maxRatio: Int = 0) {
    /** The body as the user gets it, of one as it is [received]. */
    fun source(received: BodySource, contentEncoding: String?): BodySource {
        val codings = if (decompress && contentEncoding != null) Coding.toUndo(contentEncoding) else emptyList()
        if (codings.size > MAX_CODINGS) return OvercodedBody(received, codings.size)
        val decoded = codings.fold(received) { body, coding -> DecodedBody(body, coding, maxRatio) }
        return if (maxBytes > 0) BoundedBody(decoded, maxBytes) else decoded
    }

    private companion object {
        /** Each takes its memory, and has its own share in a bomb. */
        private const val MAX_CODINGS = 5
    }
}

/** A body that says it was coded so often that nobody can mean well. */
private class OvercodedBody(private val received: BodySource, private val codings: Int) : BodySource {
    override suspend fun read(task: TaskImpl<*>): ByteBuf? =
        throw ClientPayloadException("The body has $codings content codings; it is not decompressed", null)

    override fun close(): Unit = received.close()
}

internal fun checkedMaxBody(max: Long): Long = max.also {
    require(it >= 0) { "The limit of a body's length is negative: $it; 0 stands for no limit" }
}
