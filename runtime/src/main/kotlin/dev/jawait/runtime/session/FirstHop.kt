package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.InvalidUrlException
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaderValues
import io.netty.handler.codec.http.HttpHeaders
import java.net.URI

/** What a request begins with: its options and the session's put together. */
internal class FirstHop(private val request: RequestImpl) {
    private val settings = request.session.settings
    private val options = request.options

    suspend fun make(task: TaskImpl<*>): Hop {
        val uri = Urls.withParams(request.session.resolve(request.url), options.params)
        val headers = headers()
        val auth = auth(uri, headers) ?: fromEnvironment(uri, headers, task)
        return Hop(request.method, uri, headers, options.cookies, options.body, auth, secrets())
    }

    private fun secrets(): Set<String> =
        if (options.secretHeaders.isEmpty()) settings.secretHeaders else settings.secretHeaders + options.secretHeaders

    /** Those of the request in place of the session's of the same name, and of those that every request has. */
    private fun headers(): HttpHeaders {
        val headers = Fields.none()
        headers.set(HttpHeaderNames.ACCEPT, "*/*").set(HttpHeaderNames.USER_AGENT, USER_AGENT)
            .set(HttpHeaderNames.ACCEPT_ENCODING, Coding.accepted)
        options.body?.let { headers.set(HttpHeaderNames.CONTENT_TYPE, it.contentType()) }
        settings.skippedHeaders.forEach(headers::remove)
        options.skippedHeaders.forEach(headers::remove)
        options.body?.contentEncoding()?.let { headers.set(HttpHeaderNames.CONTENT_ENCODING, it) }
        val expects = options.expectContinue && options.body != null
        if (expects) headers.set(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE)
        headers.replaceBy(settings.headers)
        headers.replaceBy(options.headers)
        return headers
    }

    private fun HttpHeaders.replaceBy(given: List<Pair<String, String>>) {
        given.forEach { (name, _) -> remove(name) }
        given.forEach { (name, value) -> add(name, value) }
    }

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

    private suspend fun fromEnvironment(uri: URI, headers: HttpHeaders, task: TaskImpl<*>): Credentials? {
        val environment = settings.environment ?: return null
        val origin = Urls.origin(uri)
        if (headers.contains(HttpHeaderNames.AUTHORIZATION) || origin in settings.originAuth) return null
        return environment.auth(task, origin)?.let { Credentials(it, origin) }
    }

    /** With a base URL the session's credentials are for its origin alone, as in aiohttp. */
    private fun isForSession(uri: URI) = settings.baseUrl?.let { Urls.origin(it) == Urls.origin(uri) } != false

    private companion object {
        private const val USER_AGENT = "Jawait/0.1"
    }
}
