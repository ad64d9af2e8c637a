package dev.jawait.runtime.session

import dev.jawait.http.Cookie
import java.io.IOException
import java.io.UncheckedIOException
import java.nio.ByteBuffer
import java.nio.file.Files
import java.nio.file.Path
import java.time.DateTimeException
import java.time.Instant

/** A jar's cookies in a file, as JSON. Blocks. */
internal object CookieFile {
    /** Into [file], which its owner alone may read. */
    fun write(file: Path, cookies: List<Cookie>): Unit = orUnchecked("Cannot save cookies in $file") {
        PartFile(file, replace = true, ownersAlone = true).use { part ->
            part.open()
            part.write(ByteBuffer.wrap(FlatJson.write(cookies.map(::fields)).encodeToByteArray()))
            part.complete()
        }
    }

    private fun fields(cookie: Cookie): Map<String, Any?> = linkedMapOf(
        "name" to cookie.name,
        "value" to cookie.value,
        "domain" to cookie.domain,
        "hostOnly" to cookie.hostOnly,
        "path" to cookie.path,
        "expires" to cookie.expires?.toString(),
        "secure" to cookie.secure,
        "httpOnly" to cookie.httpOnly,
    )

    /** @throws IllegalArgumentException if it is not what [write] has written */
    fun read(file: Path): List<Cookie> {
        val text = orUnchecked("Cannot load cookies of $file") { Files.readAllBytes(file).decodeToString() }
        try {
            return FlatJson.read(text).mapIndexed { index, fields -> Fields(index + 1, fields).toCookie() }
        } catch (error: IllegalArgumentException) {
            throw IllegalArgumentException("Not a file of cookies, $file: ${error.message}", error)
        }
    }

    private class Fields(private val number: Int, private val fields: Map<String, Any?>) {
        fun toCookie(): Cookie {
            val cookie =
                Cookie(
                    get("name"),
                    get("value"),
                    get("domain"),
                    get("hostOnly"),
                    get("path"),
                    get<String?>("expires")?.let(::instant),
                    get("secure"),
                    get("httpOnly"),
                )
            try {
                CookieRules.checkWritable(cookie)
            } catch (error: IllegalArgumentException) {
                throw IllegalArgumentException("cookie $number: ${error.message}", error)
            }
            return cookie
        }

        private inline fun <reified T> get(name: String): T {
            val value = fields[name]
            return if (value is T && name in fields) value else wrong(name)
        }

        private fun instant(text: String): Instant = try {
            Instant.parse(text)
        } catch (_: DateTimeException) {
            wrong("expires")
        }

        private fun wrong(name: String): Nothing =
            throw IllegalArgumentException("\"$name\" of cookie $number is missing, or not what it should be")
    }

    private inline fun <R> orUnchecked(what: String, action: () -> R): R = try {
        action()
    } catch (error: IOException) {
        throw UncheckedIOException("$what: $error", error)
    }
}
