package dev.jawait.runtime.streams

import dev.jawait.net.IncompleteReadException
import dev.jawait.net.LimitOverrunException
import java.nio.charset.Charset

/** Takes something out of what has come, or nothing, which is null, until there is more; is told whether all has come. */
internal typealias Attempt<R> = ByteQueue.(ended: Boolean) -> R?

/** What readers take. */
internal object Take {
    private val LINE_END = byteArrayOf('\n'.code.toByte())

    /** What there is, [max] bytes at most; nothing at the end alone. */
    fun upTo(max: Int): Attempt<ByteArray> = { ended -> if (size > 0 || ended) take(minOf(max, size)) else null }

    fun exactly(count: Int): Attempt<ByteArray> = { ended ->
        when {
            size >= count -> take(count)
            ended -> throw IncompleteReadException(takeAll(), "the $count that were asked for")
            else -> null
        }
    }

    /** The bytes up to [separator] and it; [limit] bytes at most before it. */
    fun until(separator: ByteArray, limit: Int): Attempt<ByteArray> {
        val search = Search(separator, limit)
        return { ended ->
            search.takeFrom(this) ?: if (ended) throw IncompleteReadException(takeAll(), "the separator") else null
        }
    }

    /** A line with its end, which the last one may lack; empty when there are no more. */
    fun line(limit: Int): Attempt<ByteArray> {
        val search = Search(LINE_END, limit)
        return { ended -> search.takeFrom(this) ?: if (ended) takeAll() else null }
    }

    /** What [line] takes as text without its end. */
    fun textOfLine(line: ByteArray, charset: Charset): String {
        val text = String(line, charset)
        return if (text.endsWith("\r\n")) text.dropLast(2) else text.removeSuffix("\n")
    }

    /** The search for a separator in what comes; what was searched is not searched again. */
    private class Search(private val separator: ByteArray, private val limit: Int) {
        private var searched = 0

        /** The bytes up to the separator and it, or null if it has not come. */
        fun takeFrom(bytes: ByteQueue): ByteArray? {
            val found = bytes.indexOf(separator, searched)
            if (found < 0) searched = maxOf(0, bytes.size - separator.size + 1)
            val before = if (found < 0) searched else found
            if (before > limit) throw LimitOverrunException(limit, before)
            return if (found < 0) null else bytes.take(found + separator.size)
        }
    }
}
