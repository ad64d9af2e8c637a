package dev.jawait.runtime.session

import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaderValues
import io.netty.handler.codec.http.HttpHeaders

/** The headers of a request: its own in place of the session's of the same name, and of those that every request has. */
internal object RequestHeaders {
    private const val USER_AGENT = "Jawait/0.1"

    fun of(settings: SessionSettings, options: RequestOptions): HttpHeaders {
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
}
