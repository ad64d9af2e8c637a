package dev.jawait.runtime.session

import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.charset.Charset

/** Reads the value of a header from left to right, and takes rubbish as it comes. */
internal class HeaderScanner(private val text: String) {
    private var at = 0

    val isAtEnd: Boolean get() = at >= text.length

    /** Takes [char] if it is next, after white space. */
    fun take(char: Char): Boolean {
        skipSpace()
        return (at < text.length && text[at] == char).also { if (it) at++ }
    }

    /** What comes before the next of [stops], or the end; trimmed. */
    fun until(stops: String): String {
        val start = at
        while (at < text.length && text[at] !in stops) at++
        return text.substring(start, at).trim(' ', '\t')
    }

    /** A quoted string, or what comes before one of [stops]; goes on to there. */
    fun value(stops: String): String {
        if (!take('"')) return until(stops)
        return quoted().also { until(stops) }
    }

    /** Of the escapes only those that quotes need: some write the paths of Windows as they are. */
    private fun quoted(): String {
        val value = StringBuilder()
        while (at < text.length) {
            var char = text[at++]
            if (char == '"') break
            if (char == '\\' && at < text.length && text[at] in "\"\\") char = text[at++]
            value.append(char)
        }
        return value.toString()
    }

    /**
     * `; name=value` as often as it comes, up to one of [ends]; of those of one name the first, but one of `name*` before
     * all others, decoded (RFC 8187).
     */
    fun params(ends: String): Map<String, String> {
        val plain = LinkedHashMap<String, String>()
        val extended = HashMap<String, String>()
        while (take(';')) {
            val name = until("=;$ends").lowercase()
            val value = if (take('=')) value(";$ends") else ""
            if (name.endsWith('*')) {
                decoded(value)?.let { extended.putIfAbsent(name.dropLast(1), it) }
            } else if (name.isNotEmpty()) {
                plain.putIfAbsent(name, value)
            }
        }
        return plain + extended
    }

    /** What `charset'language'percent-encoded` stands for, or null. */
    private fun decoded(value: String): String? {
        val parts = value.split('\'', limit = 3)
        if (parts.size < 3) return null
        return try {
            val encoded = UrlEncoding.decodedBytes(parts[2])
            Charset.forName(parts[0]).newDecoder().decode(ByteBuffer.wrap(encoded)).toString()
        } catch (_: IllegalArgumentException) {
            null
        } catch (_: CharacterCodingException) {
            null
        }
    }

    private fun skipSpace() {
        while (at < text.length && text[at] in " \t") at++
    }

    companion object {
        /** The codec reads headers byte by byte; servers that do not escape what they say send it in UTF-8. */
        fun utf8(value: String): String {
            if (value.all { it < '\u0080' } || value.any { it > '\u00ff' }) return value
            val bytes = value.toByteArray(Charsets.ISO_8859_1)
            return try {
                Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
            } catch (_: CharacterCodingException) {
                value
            }
        }
    }
}
