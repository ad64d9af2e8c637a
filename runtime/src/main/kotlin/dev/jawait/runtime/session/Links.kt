package dev.jawait.runtime.session

import dev.jawait.http.ClientException
import dev.jawait.http.Link
import dev.jawait.http.NonHttpUrlException
import java.net.URI
import java.net.URISyntaxException

/** Reads `Link` (RFC 8288, appendix B.2). */
internal object Links {
    /** The links in [header] of a response from [base]; what is none is passed over. */
    fun parse(header: String, base: URI): List<Link> {
        val scanner = HeaderScanner(HeaderScanner.utf8(header))
        val links = ArrayList<Link>()
        while (!scanner.isAtEnd) {
            if (scanner.take('<')) next(scanner, base)?.let(links::add)
            scanner.until(",")
            scanner.take(',')
        }
        return links
    }

    private fun next(scanner: HeaderScanner, base: URI): Link? {
        val target = scanner.until(">")
        if (!scanner.take('>')) return null
        val params = scanner.params(",")
        val rels = params["rel"].orEmpty().lowercase().split(' ', '\t').filter(String::isNotEmpty)
        return resolved(base, target)?.let { Link(it, rels, params) }
    }

    private fun resolved(base: URI, target: String): URI? = try {
        Urls.resolve(base, target)
    } catch (_: NonHttpUrlException) {
        other(target)
    } catch (_: ClientException) {
        null
    }

    /** A link may lead to anything that has an address. */
    private fun other(target: String): URI? = try {
        URI(target)
    } catch (_: URISyntaxException) {
        null
    }
}
