package dev.jawait.runtime.session

import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaders

/** Follows redirects (RFC 9110, section 15.4), as aiohttp does. */
internal object Redirect {
    private val SECRETS =
        listOf(HttpHeaderNames.AUTHORIZATION, HttpHeaderNames.COOKIE, HttpHeaderNames.PROXY_AUTHORIZATION)

    private val OF_THE_BODY =
        listOf(
            HttpHeaderNames.CONTENT_ENCODING,
            HttpHeaderNames.CONTENT_LANGUAGE,
            HttpHeaderNames.CONTENT_LENGTH,
            HttpHeaderNames.CONTENT_LOCATION,
            HttpHeaderNames.CONTENT_TYPE,
            HttpHeaderNames.EXPECT,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.TRANSFER_ENCODING,
        )

    /**
     * The request that follows [hop], which was answered by [status] and [location]; null if the answer is no redirect,
     * or leads nowhere.
     *
     * 303, and 301 and 302 of a POST, go on as a GET without a body (HEAD stays HEAD); all others are repeated as they
     * are. Another origin, `https` to `http` included, gets none of the secrets: no credentials and no cookies of the
     * request. The cookies of the jar are the caller's to look up anew, and so is user info in the location.
     *
     * @throws dev.jawait.http.NonHttpUrlException if it leads to neither http nor https
     * @throws dev.jawait.http.InvalidUrlException if the location is wrong otherwise
     */
    fun next(hop: Hop, status: Int, location: String?): Hop? {
        if (!isRedirect(status) || location.isNullOrBlank()) return null
        val uri = Urls.resolve(hop.uri, HeaderScanner.utf8(location))
        val next = if (becomesGet(hop.method, status)) asGet(hop) else hop
        return if (Urls.origin(uri) ==
            Urls.origin(hop.uri)
        ) {
            next.copy(uri = uri)
        } else {
            withoutSecrets(next).copy(uri = uri)
        }
    }

    /** Whether [status] is one that [next] follows. */
    fun isRedirect(status: Int): Boolean = status in 301..303 || status == 307 || status == 308

    private fun becomesGet(method: String, status: Int) =
        if (status == 303) method != "HEAD" else status <= 302 && method == "POST"

    private fun asGet(hop: Hop) = hop.copy(method = "GET", headers = without(OF_THE_BODY, hop.headers), body = null)

    private fun withoutSecrets(hop: Hop) =
        hop.copy(headers = without(SECRETS + HttpHeaderNames.HOST, hop.headers), cookies = emptyList())

    private fun without(names: List<CharSequence>, headers: HttpHeaders): HttpHeaders =
        if (names.none(headers::contains)) headers else headers.copy().apply { names.forEach(::remove) }
}
