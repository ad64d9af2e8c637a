package dev.jawait.runtime.session

import java.nio.charset.Charset

/** What a `Content-Type` says of a body (RFC 9110, section 8.3). */
internal object ContentType {
    /** The charset it names; UTF-8 if it names none, or one that this JVM does not have. */
    fun charset(contentType: String?): Charset {
        val name = contentType?.let { parameter(it, "charset") } ?: return Charsets.UTF_8
        return try {
            Charset.forName(name)
        } catch (_: IllegalArgumentException) {
            Charsets.UTF_8
        }
    }

    /** The media type alone; what was not said is `application/octet-stream`. */
    fun mediaType(contentType: String?): String =
        contentType?.substringBefore(';')?.trim()?.lowercase().orEmpty().ifEmpty { "application/octet-stream" }

    /** Whether [mediaType] is one of [range], such as `text/json`, `text/` and a star, or two stars. */
    fun isWithin(mediaType: String, range: String?): Boolean = when {
        range == null -> false
        range == "*/*" -> true
        range.endsWith("/*") -> mediaType.startsWith(range.dropLast(1), ignoreCase = true)
        else -> mediaType.equals(range, ignoreCase = true)
    }

    /** Whether it is `application/json`, or `application/…+json` (RFC 6839, section 3.1). */
    fun isJson(contentType: String?): Boolean {
        val type = contentType?.substringBefore(';')?.trim()?.lowercase() ?: return false
        return type == "application/json" || (type.startsWith("application/") && type.endsWith("+json"))
    }

    private fun parameter(contentType: String, name: String): String? = contentType
        .split(';')
        .drop(1)
        .firstOrNull { it.substringBefore('=').trim().equals(name, ignoreCase = true) }
        ?.substringAfter('=', "")
        ?.trim()
        ?.trim('"')
}
