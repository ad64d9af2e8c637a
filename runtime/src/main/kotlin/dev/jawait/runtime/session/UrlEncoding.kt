package dev.jawait.runtime.session

import java.io.ByteArrayOutputStream

/**
 * Percent-encoding (RFC 3986, section 2.1) for one part of a URL.
 *
 * @property allowed the ASCII characters that stay, beside letters and digits
 * @property keepsEscapes whether `%41` stays; if not, its `%` is encoded as any other character
 */
internal enum class UrlEncoding(allowed: String, private val keepsEscapes: Boolean) {
    USER_INFO("-._~!$&'()*+,;=:", true),
    PATH("-._~!$&'()*+,;=:@/", true),

    /** A query or a fragment. Browsers leave the brackets as they are. */
    QUERY("-._~!$&'()*+,;=:@/?[]", true),

    /** A name or a value within a query. */
    PARAM("-._~", false),
    ;

    private val stays = BooleanArray(128) { isAsciiLetterOrDigit(it.toChar()) || it.toChar() in allowed }

    fun encode(text: String): String {
        var i = 0
        while (i < text.length && stays(text, i)) i++
        if (i == text.length) return text
        val encoded = StringBuilder(text.length + 16).append(text, 0, i)
        while (i < text.length) {
            val end = if (Character.isHighSurrogate(text[i]) && i + 1 < text.length) i + 2 else i + 1
            if (stays(text, i)) {
                encoded.append(text[i])
            } else {
                text.substring(i, end).encodeToByteArray().forEach { appendEscape(encoded, it.toInt()) }
            }
            i = end
        }
        return encoded.toString()
    }

    private fun stays(text: String, i: Int): Boolean {
        val char = text[i]
        return (char < '\u0080' && stays[char.code]) || (keepsEscapes && isEscape(text, i))
    }

    companion object {
        private const val HEX = "0123456789ABCDEF"

        /** [text] with its escapes decoded as UTF-8. */
        fun decode(text: String): String = if ('%' in text) decodedBytes(text).decodeToString() else text

        /** [text] in UTF-8, with its escapes decoded. */
        fun decodedBytes(text: String): ByteArray {
            val bytes = ByteArrayOutputStream(text.length)
            var i = 0
            while (i < text.length) {
                if (isEscape(text, i)) {
                    bytes.write(text.substring(i + 1, i + 3).toInt(16))
                    i += 3
                } else {
                    bytes.write(text[i].toString().encodeToByteArray())
                    i++
                }
            }
            return bytes.toByteArray()
        }

        fun appendEscape(to: StringBuilder, byte: Int) {
            to.append('%').append(HEX[byte shr 4 and 15]).append(HEX[byte and 15])
        }

        private fun isEscape(text: String, i: Int) =
            text[i] == '%' && i + 2 < text.length && isHex(text[i + 1]) && isHex(text[i + 2])

        private fun isHex(char: Char) = char in '0'..'9' || char in 'a'..'f' || char in 'A'..'F'
    }
}
