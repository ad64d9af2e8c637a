package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.InvalidUrlException
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaders
import java.net.URI

/** What a request begins with: its options and the session's put together. */
internal class FirstHop(private val request: RequestImpl) {
    private val settings = request.session.settings
    private val options = request.options

    suspend fun make(task: TaskImpl<*>): Hop {
        val uri = Urls.withParams(request.session.resolve(request.url), options.params)
        val headers = if (options.addsNoHeaders) settings.headersOfAll else RequestHeaders.of(settings, options)
        val hop =
            Hop(request.method, uri, headers, options.cookies, options.body, auth(uri, headers), secrets())
        val environment = settings.environment
        return if (environment == null || hop.auth != null) hop else environment.authorized(hop, task)
    }

    private fun secrets(): Set<String> =
        if (options.secretHeaders.isEmpty()) settings.secretHeaders else settings.secretHeaders + options.secretHeaders

    private fun auth(uri: URI, headers: HttpHeaders): Credentials? {
        val ofUrl = Urls.auth(uri)
        if (ofUrl != null && (options.auth != null || headers.contains(HttpHeaderNames.AUTHORIZATION))) {
            val shown = Urls.public(uri)
            throw InvalidUrlException(
                "There is a user in the URL, and the request has credentials, too; use one of them: $shown",
                null,
            )
        }
        return (options.auth ?: ofUrl ?: ofSession(uri))?.let { Credentials(it, Urls.origin(uri)) }
    }

    private fun ofSession(uri: URI): Auth? {
        val ofOrigin = if (settings.originAuth.isEmpty()) null else settings.originAuth[Urls.origin(uri)]
        return ofOrigin ?: settings.auth?.takeIf { isForSession(uri) }
    }

    private suspend fun Environment.authorized(hop: Hop, task: TaskImpl<*>): Hop {
        if (hop.headers.contains(HttpHeaderNames.AUTHORIZATION) || hop.origin in settings.originAuth) return hop
        return hop.copy(auth = auth(task, hop.origin)?.let { Credentials(it, hop.origin) })
    }

    /** With a base URL the session's credentials are for its origin alone, as in aiohttp. */
    private fun isForSession(uri: URI) = settings.baseUrl?.let { Urls.origin(it) == Urls.origin(uri) } != false
}
