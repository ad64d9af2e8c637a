package dev.jawait.runtime.session

/**
 * An array of objects whose values are strings, booleans and null, as JSON (RFC 8259). By hand, and no more than that: a
 * jar of cookies is kept where there is no mapper, too.
 */
internal object FlatJson {
    fun write(objects: List<Map<String, Any?>>): String = objects.joinToString(",\n", "[\n", "\n]\n") { fields ->
        fields.entries.joinToString(",", "{", "}") { (name, value) -> "${literal(name)}:${literal(value)}" }
    }

    private fun literal(value: Any?): String =
        if (value is String) value.map(::escaped).joinToString("", "\"", "\"") else value.toString()

    private fun escaped(char: Char): String = when {
        char == '"' || char == '\\' -> "\\$char"
        char < ' ' || char.isSurrogate() -> "\\u%04x".format(char.code)
        else -> char.toString()
    }

    /** @throws IllegalArgumentException if [json] is anything else; the message says where, but not what is there */
    fun read(json: String): List<Map<String, Any?>> = Reader(json).read()

    private class Reader(private val json: String) {
        private var at = 0

        fun read(): List<Map<String, Any?>> {
            val objects = items('[', ']', ::fields)
            skipSpace()
            if (at < json.length) throw expected("the end")
            return objects
        }

        private fun fields(): Map<String, Any?> = items('{', '}') {
            val name = string()
            take(':')
            name to value()
        }.toMap()

        private fun <T> items(open: Char, close: Char, item: () -> T): List<T> {
            take(open)
            val items = ArrayList<T>()
            if (!isNext(close)) {
                do items.add(item()) while (isNext(','))
                take(close)
            }
            return items
        }

        private fun value(): Any? {
            skipSpace()
            if (json.startsWith("\"", at)) return string()
            val (word, value) = WORDS.firstOrNull { json.startsWith(it.first, at) } ?: throw expected("a value")
            at += word.length
            return value
        }

        private fun string(): String {
            take('"')
            val text = StringBuilder()
            while (true) {
                when (val char = next()) {
                    '"' -> return text.toString()
                    '\\' -> text.append(unescaped())
                    else -> text.append(if (char < ' ') throw expected("no control character") else char)
                }
            }
        }

        private fun unescaped(): Char = when (val char = next()) {
            '"', '\\', '/' -> char
            'b' -> '\b'
            'f' -> '\u000c'
            'n' -> '\n'
            'r' -> '\r'
            't' -> '\t'
            'u' -> hex()
            else -> throw expected("an escape")
        }

        private fun hex(): Char {
            val digits = json.substring(at, minOf(at + 4, json.length))
            if (digits.length < 4 || digits.any { Character.digit(it, 16) < 0 }) throw expected("four hex digits")
            at += 4
            return digits.toInt(16).toChar()
        }

        private fun next(): Char = if (at < json.length) json[at++] else throw expected("more")

        private fun take(char: Char) {
            if (!isNext(char)) throw expected("'$char'")
        }

        /** Takes [char] if it is next. */
        private fun isNext(char: Char): Boolean {
            skipSpace()
            return (at < json.length && json[at] == char).also { if (it) at++ }
        }

        private fun skipSpace() {
            while (at < json.length && json[at] in " \t\r\n") at++
        }

        private fun expected(what: String): IllegalArgumentException {
            val before = json.substring(0, minOf(at, json.length))
            val column = before.length - before.lastIndexOf('\n')
            return IllegalArgumentException(
                "$what was expected in line ${before.count { it == '\n' } + 1}, column $column",
            )
        }
    }

    private val WORDS = listOf("true" to true, "false" to false, "null" to null)
}
