package dev.jawait.runtime.session

import dev.jawait.http.ContentDisposition

/** Reads `Content-Disposition` (RFC 6266). */
internal object Dispositions {
    /** What [header] says, or null if it names no type. */
    fun parse(header: String): ContentDisposition? {
        val scanner = HeaderScanner(HeaderScanner.utf8(header))
        val type = scanner.until(";").lowercase()
        if (!Methods.isToken(type)) return null
        val params = scanner.params("")
        return ContentDisposition(type, params, params["filename"]?.let(::filename))
    }

    /** Section 4.3: no directories, whoever's they are, and nothing that no name has. */
    private fun filename(name: String): String? {
        val last = name.substring(name.lastIndexOfAny(charArrayOf('/', '\\')) + 1).trim()
        val clean = last.map { if (it.isISOControl()) '_' else it }.joinToString("")
        return clean.takeUnless { it.isEmpty() || it == "." || it == ".." }
    }
}
