package dev.jawait.runtime.session

import io.netty.buffer.UnpooledByteBufAllocator
import io.netty.handler.codec.compression.Brotli
import io.netty.handler.codec.compression.BrotliDecompressor
import io.netty.handler.codec.compression.Decompressor
import io.netty.handler.codec.compression.JdkZlibDecompressor
import io.netty.handler.codec.compression.ZlibWrapper
import io.netty.handler.codec.compression.Zstd
import io.netty.handler.codec.compression.ZstdDecompressor

/** The content codings of RFC 9110, section 8.4.1, that can be undone. Brotli and zstd need their library beside Jawait. */
internal enum class Coding(private vararg val names: String) {
    GZIP("gzip", "x-gzip") {
        override val tellsItsEnd: Boolean get() = false

        override fun decompressor(): Decompressor = JdkZlibDecompressor.builder().wrapper(ZlibWrapper.GZIP)
            .decompressConcatenated(true).maxAllocation(PIECE).build(ALLOCATOR)
    },

    /** By the RFC in zlib's format; some servers leave that out. */
    DEFLATE("deflate") {
        override fun decompressor(): Decompressor =
            JdkZlibDecompressor.builder().wrapper(ZlibWrapper.ZLIB_OR_NONE).maxAllocation(PIECE).build(ALLOCATOR)
    },
    BROTLI("br") {
        override val isAvailable: Boolean get() = Brotli.isAvailable()

        override fun decompressor(): Decompressor =
            BrotliDecompressor.builder().maxOutputChunkSize(PIECE).build(ALLOCATOR)
    },
    ZSTD("zstd") {
        override val isAvailable: Boolean get() = Zstd.isAvailable()

        override val tellsItsEnd: Boolean get() = false

        override fun decompressor(): Decompressor =
            ZstdDecompressor.builder().maxWindowLog(ZSTD_WINDOW_LOG).build(ALLOCATOR)
    },
    ;

    open val isAvailable: Boolean get() = true

    /** Whether its decompressor knows where the data end; the others take any further data for more of it. */
    open val tellsItsEnd: Boolean get() = true

    abstract fun decompressor(): Decompressor

    companion object {
        /** How much is decompressed at a time, however much more there is. */
        private const val PIECE = 64 * 1024

        /** 8 MiB: the most that a decoder has to support, and a sender may use (RFC 9659). */
        private const val ZSTD_WINDOW_LOG = 23
        private val ALLOCATOR = UnpooledByteBufAllocator.DEFAULT

        /** What `Accept-Encoding` asks for. */
        val accepted: String = values().filter { it.isAvailable }.joinToString { it.names.first() }

        /**
         * Those that [contentEncoding] names, in the order they are to be undone. Empty where one of them is unknown or
         * not available: the body is then left as it is.
         */
        fun toUndo(contentEncoding: String): List<Coding> {
            val names = contentEncoding.split(',').map { it.trim().lowercase() }.filter { it !in IDENTITY }
            val codings = names.map { name ->
                values().find { name in it.names && it.isAvailable } ?: return emptyList()
            }
            return codings.asReversed()
        }

        private val IDENTITY = setOf("", "identity")
    }
}
