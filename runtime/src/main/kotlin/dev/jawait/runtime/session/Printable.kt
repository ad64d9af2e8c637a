package dev.jawait.runtime.session

/** Text of others, for a message: control characters escaped, so that it stays on its line. */
internal object Printable {
    fun of(text: String): String {
        if (text.none(Char::isISOControl)) return text
        return text.map { if (it.isISOControl()) "\\u%04x".format(it.code) else it.toString() }.joinToString("")
    }
}
