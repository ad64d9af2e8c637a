package dev.jawait.runtime.session

import java.net.URI
import java.util.concurrent.atomic.AtomicReferenceArray

/**
 * What the last URLs came to: a service asks for the same ones again and again. The newest takes the place of another. Not
 * those with a user or a query, which may be secrets, nor long ones.
 */
internal object KnownUrls {
    private const val SLOTS = 512
    private const val LONGEST = 256
    private val known = AtomicReferenceArray<Known>(SLOTS)

    private class Known(val text: String, val uri: URI)

    fun get(text: String): URI? = known[slot(text)]?.takeIf { it.text == text }?.uri

    fun put(text: String, uri: URI) {
        if (text.length <= LONGEST && '@' !in text && '?' !in text) known[slot(text)] = Known(text, uri)
    }

    private fun slot(text: String) = text.hashCode() and (SLOTS - 1)
}
