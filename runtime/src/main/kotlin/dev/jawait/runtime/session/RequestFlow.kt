package dev.jawait.runtime.session

import dev.jawait.CancelledException
import dev.jawait.http.ClientResponse
import dev.jawait.http.RequestInfo
import dev.jawait.http.TooManyRedirectsException
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.WireRequest
import io.netty.handler.codec.http.DefaultHttpHeadersFactory
import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaderValues
import io.netty.handler.codec.http.HttpHeaders

/** The way of one request: its first hop, and those that redirects lead to, to the response that counts. */
internal class RequestFlow(private val request: RequestImpl, private val task: TaskImpl<*>) {
    private val session = request.session
    private val options = request.options
    private val limits = Limits(System.nanoTime(), options.timeout ?: session.settings.timeout)
    private val history = ArrayList<ClientResponse>(0)

    suspend fun run(): ResponseImpl = try {
        session.checkOpen()
        follow()
    } catch (error: Throwable) {
        options.body?.abandon()
        throw error
    }

    private suspend fun follow(): ResponseImpl {
        val first = firstHop()
        var hop = first
        while (true) {
            val response = send(hop)
            hop = redirect(hop, response) ?: return checked(response)
            history.add(response)
            if (history.size == options.maxRedirects) throw tooManyRedirects(first, response)
            response.discardSmall(task)
        }
    }

    private fun firstHop(): Hop {
        val uri = Urls.withParams(Urls.parse(request.url), options.params)
        return Hop(request.method, uri, headers(Urls.authorization(uri)), options.cookies, options.body)
    }

    /** Those of the request in place of the session's of the same name, and of those that every request has. */
    private fun headers(authorization: String?): HttpHeaders {
        // Not validated here but at the last gate before the wire, which every request passes.
        val headers = UNCHECKED.newHeaders()
        headers.set(HttpHeaderNames.ACCEPT, "*/*").set(HttpHeaderNames.USER_AGENT, USER_AGENT)
            .set(HttpHeaderNames.ACCEPT_ENCODING, Coding.accepted)
        options.body?.let { body ->
            headers.set(HttpHeaderNames.CONTENT_TYPE, body.contentType())
            body.contentEncoding()?.let { headers.set(HttpHeaderNames.CONTENT_ENCODING, it) }
            if (options.expectContinue) headers.set(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE)
        }
        authorization?.let { headers.set(HttpHeaderNames.AUTHORIZATION, it) }
        headers.replaceBy(session.settings.headers)
        headers.replaceBy(options.headers)
        return headers
    }

    private fun HttpHeaders.replaceBy(given: List<Pair<String, String>>) {
        given.forEach { (name, _) -> remove(name) }
        given.forEach { (name, value) -> add(name, value) }
    }

    private suspend fun send(hop: Hop): ResponseImpl {
        val info = RequestInfo(hop.method, Urls.public(hop.uri), history.size, options.tag)
        val request = wire(hop, info)
        val exchange = HopExchange()
        val listener = session.settings.listener
        listener?.let { quietly { it.started(info) } }
        exchange.begin { session.sender.send(request, limits, listener, it) }
        val head =
            try {
                task.awaitPromise(exchange)
            } catch (cancelled: CancelledException) {
                // The head may have come at the very moment of the cancel: nobody will read its body.
                exchange.abandon()
                throw cancelled
            }
        return ResponseImpl(session, hop, info, head, exchange, bodyLimits(), history.toList()).also(::storeCookies)
    }

    private fun bodyLimits() = session.settings.body.let { defaults ->
        defaults.copy(
            decompress = options.autoDecompress ?: defaults.decompress,
            maxBytes = options.maxBodyBytes ?: defaults.maxBytes,
        )
    }

    private suspend fun wire(hop: Hop, info: RequestInfo): WireRequest {
        val body = hop.body?.toWire(task)
        return WireRequest(hop.method, Urls.origin(hop.uri), Urls.target(hop.uri), withCookies(hop), body, info)
    }

    private fun withCookies(hop: Hop): HttpHeaders {
        val stored = session.settings.cookieJar.cookiesFor(hop.uri)
        if (stored.isEmpty() && hop.cookies.isEmpty()) return hop.headers
        return hop.headers.copy().set(HttpHeaderNames.COOKIE, CookieRules.header(stored, hop.cookies))
    }

    private fun storeCookies(response: ResponseImpl) {
        val cookies = response.allCookies()
        if (cookies.isNotEmpty()) session.settings.cookieJar.store(response.url(), cookies)
    }

    /** Where [response] leads, if it is to be followed. */
    private fun redirect(hop: Hop, response: ResponseImpl): Hop? {
        if (!(options.allowRedirects ?: (request.method != "HEAD"))) return null
        try {
            return Redirect.next(hop, response.status(), response.headers().get("location"))
        } catch (error: RuntimeException) {
            response.close()
            throw error
        }
    }

    private fun tooManyRedirects(first: Hop, last: ResponseImpl): TooManyRedirectsException {
        last.close()
        return TooManyRedirectsException(last.status(), first.method, Urls.public(first.uri), last.headers(), history)
    }

    private fun checked(response: ResponseImpl): ResponseImpl {
        if (!(options.raiseForStatus ?: session.settings.raiseForStatus)) return response
        try {
            response.raiseForStatus()
        } catch (error: RuntimeException) {
            response.close()
            throw error
        }
        return response
    }

    private companion object {
        private const val USER_AGENT = "Jawait/0.1"
        private val UNCHECKED = DefaultHttpHeadersFactory.headersFactory().withValidation(false)
    }
}
