package dev.jawait.runtime.session

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
        val decoded = codings.fold(received) { body, coding -> DecodedBody(body, coding, maxRatio) }
        return if (maxBytes > 0) BoundedBody(decoded, maxBytes) else decoded
    }
}

internal fun checkedMaxBody(max: Long): Long = max.also {
    require(it >= 0) { "The limit of a body's length is negative: $it; 0 stands for no limit" }
}
