package dev.jawait.runtime.session

import dev.jawait.http.Auth
import org.slf4j.LoggerFactory
import java.io.IOException
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import kotlin.io.path.readText

/** The credentials in a `.netrc`: those by host, and those for all others. */
internal class Netrc private constructor(private val byHost: Map<String, Auth>, private val others: Auth?) {
    /** Those for [host], or null. */
    fun auth(host: String): Auth? = byHost[host] ?: others

    companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.http")
        private val NOTHING = Netrc(emptyMap(), null)

        /** Blocks. What cannot be read is logged, and counts as empty; so does what is not there, unless it is [wanted]. */
        fun read(file: Path, wanted: Boolean): Netrc {
            try {
                return parse(file.readText())
            } catch (missing: NoSuchFileException) {
                if (wanted) LOG.warn("There is no file {}, which NETRC names", file)
            } catch (error: IOException) {
                LOG.warn("Cannot read {}: {}", file, error.toString())
            } catch (error: IllegalArgumentException) {
                LOG.warn("Ignoring {}: {}", file, error.message)
            }
            return NOTHING
        }

        /** @throws IllegalArgumentException if it is malformed; the message has nothing of it but the number of a line */
        fun parse(text: String): Netrc = Parser(text).parse()
    }

    private class Parser(text: String) {
        private val words = NetrcWords(text)
        private val byHost = HashMap<String, Auth>()
        private var others: Auth? = null

        fun parse(): Netrc {
            while (true) {
                when (words.next() ?: return Netrc(byHost, others)) {
                    "machine" -> words.required().lowercase().let { host ->
                        credentials { byHost.putIfAbsent(host, it) }
                    }

                    "default" -> credentials { if (others == null) others = it }

                    "macdef" -> words.skipMacro()

                    else -> words.fail()
                }
            }
        }

        private fun credentials(keep: (Auth) -> Unit) {
            var user = ""
            var password = ""
            while (true) {
                when (words.peek()) {
                    "login", "user" -> user = words.valueOfNext()
                    "password" -> password = words.valueOfNext()
                    "account" -> words.valueOfNext()
                    else -> break
                }
            }
            if (user.isNotEmpty() || password.isNotEmpty()) keep(Auth.basic(user, password))
        }
    }
}

/** The words of a `.netrc`: between blanks, or in quotation marks, with `\` before what is meant as it is. */
internal class NetrcWords(private val text: String) {
    private var position = 0
    private var peeked: String? = null

    fun next(): String? = peeked?.also { peeked = null } ?: read()

    fun peek(): String? {
        if (peeked == null) peeked = read()
        return peeked
    }

    fun required(): String = next() ?: fail()

    fun valueOfNext(): String {
        next()
        return required()
    }

    /** To the next empty line. */
    fun skipMacro() {
        val end = text.indexOf("\n\n", position)
        position = if (end < 0) text.length else end
    }

    fun fail(): Nothing {
        val line = text.substring(0, position).count { it == '\n' } + 1
        throw IllegalArgumentException("not of the form of a .netrc, in line $line or before")
    }

    private fun read(): String? {
        while (position < text.length && text[position].isWhitespace()) position++
        if (position == text.length) return null
        if (text[position] == '#' && startsLine()) return skipLine().let { read() }
        return if (text[position] == '"') quoted() else bare()
    }

    private fun startsLine() = text.substring(0, position).substringAfterLast('\n').isBlank()

    private fun skipLine() {
        val end = text.indexOf('\n', position)
        position = if (end < 0) text.length else end
    }

    private fun bare(): String = word { text[position].isWhitespace() }

    private fun quoted(): String {
        position++
        val word = word { text[position] == '"' }
        if (position == text.length) fail()
        position++
        return word
    }

    private inline fun word(ends: () -> Boolean): String {
        val word = StringBuilder()
        while (position < text.length && !ends()) {
            if (text[position] == '\\' && position + 1 < text.length) position++
            word.append(text[position++])
        }
        return word.toString()
    }
}
