package dev.jawait.runtime.session

import dev.jawait.http.ClientPayloadException
import dev.jawait.http.InsecureRedirectException
import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaders

/** Follows redirects (RFC 9110, section 15.4), as aiohttp does. */
internal object Redirect {
    private val SECRETS: List<CharSequence> =
        listOf(
            HttpHeaderNames.AUTHORIZATION,
            HttpHeaderNames.COOKIE,
            HttpHeaderNames.HOST,
            HttpHeaderNames.PROXY_AUTHORIZATION,
            "x-api-key",
            "x-auth-token",
        )

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
     * are. Another origin, `https` to `http` included, gets none of the secrets: no credentials, cookies or secret headers
     * of the request. The cookies of the jar are the caller's to look up anew, and so is user info in the location.
     *
     * @throws InsecureRedirectException if it leads from https to http, and that is not allowed
     * @throws ClientPayloadException if the body would have to be sent again and cannot
     * @throws dev.jawait.http.NonHttpUrlException if it leads to neither http nor https
     * @throws dev.jawait.http.InvalidUrlException if the location is wrong otherwise
     */
    fun next(hop: Hop, status: Int, location: String?, allowDowngrade: Boolean = false): Hop? {
        if (!isRedirect(status) || location.isNullOrBlank()) return null
        val uri = Urls.resolve(hop.uri, HeaderScanner.utf8(location))
        if (hop.uri.scheme == "https" && uri.scheme == "http" && !allowDowngrade) {
            throw InsecureRedirectException(Urls.public(hop.uri), Urls.public(uri))
        }
        val again = if (becomesGet(hop.method, status)) asGet(hop) else repeated(hop)
        val next = again.copy(uri = uri)
        return if (next.origin == hop.origin) next else withoutSecrets(next)
    }

    /** Whether [status] is one that [next] follows. */
    fun isRedirect(status: Int): Boolean = status in 301..303 || status == 307 || status == 308

    private fun becomesGet(method: String, status: Int) =
        if (status == 303) method != "HEAD" else status <= 302 && method == "POST"

    private fun repeated(hop: Hop): Hop {
        if (hop.body?.isSpent != true) return hop
        throw ClientPayloadException(
            "Cannot follow the redirect of $hop: its body can be sent once, and has been sent already",
            null,
        )
    }

    private fun asGet(hop: Hop) = hop.copy(method = "GET", headers = without(OF_THE_BODY, hop.headers), body = null)

    private fun withoutSecrets(hop: Hop) =
        hop.copy(headers = without(SECRETS + hop.secrets, hop.headers), cookies = emptyList(), auth = null)

    private fun without(names: List<CharSequence>, headers: HttpHeaders): HttpHeaders =
        if (names.none(headers::contains)) headers else headers.copy().apply { names.forEach(::remove) }
}
