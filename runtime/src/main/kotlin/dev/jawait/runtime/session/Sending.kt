package dev.jawait.runtime.session

import dev.jawait.CancelledException
import dev.jawait.http.ClientResponse
import dev.jawait.http.RequestInfo
import dev.jawait.runtime.net.TlsContext
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.Route
import dev.jawait.runtime.transport.WireRequest
import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaders

/** Sends one request and receives the head of its response: adds cookies and credentials, and keeps what comes of them. */
internal class Sending(
    private val session: SessionImpl,
    private val options: RequestOptions,
    private val limits: Limits,
    val info: RequestInfo,
    private val history: List<ClientResponse>,
    private val task: TaskImpl<*>,
) {
    private val settings = session.settings

    /** The same as a part of [other]. */
    fun within(other: TaskImpl<*>): Sending =
        if (other === task) this else Sending(session, options, limits, info, history, other)

    suspend fun send(hop: Hop): ResponseImpl {
        val credentials = hop.credentials() ?: return exchange(hop, hop.headers)
        return send(hop, credentials)
    }

    private suspend fun send(hop: Hop, credentials: Credentials): ResponseImpl {
        val response = exchange(hop, authorized(hop, credentials))
        val answer = response.closedOnError { session.digests.answer(credentials, hop, this) } ?: return response
        response.discardSmall(task)
        return exchange(hop, hop.headers.copy().set(HttpHeaderNames.AUTHORIZATION, answer))
    }

    /** What the request shows, unless its headers say it; to the origin that it is for, and to no other. */
    private fun Hop.credentials(): Credentials? {
        if (auth == null && settings.originAuth.isEmpty()) return null
        if (headers.contains(HttpHeaderNames.AUTHORIZATION)) return null
        return auth?.takeIf { it.origin == origin } ?: settings.originAuth[origin]?.let { Credentials(it, origin) }
    }

    private fun authorized(hop: Hop, credentials: Credentials): HttpHeaders {
        val value = credentials.authorization() ?: session.digests.inAdvance(credentials, hop) ?: return hop.headers
        return hop.headers.copy().set(HttpHeaderNames.AUTHORIZATION, value)
    }

    private suspend fun exchange(hop: Hop, headers: HttpHeaders): ResponseImpl {
        val listener = settings.listener
        listener?.let { quietly { it.started(info) } }
        val request = wire(hop, headers)
        val handshake = options.handshake
        val exchange = HopExchange(handshake?.let { { response, upgraded -> it.open(response, info, upgraded) } })
        exchange.begin { session.sender.send(request, limits, listener, it) }
        val head =
            try {
                task.awaitPromise(exchange)
            } catch (cancelled: CancelledException) {
                // The head may have come at the very moment of the cancel: nobody will read its body.
                exchange.abandon()
                throw cancelled
            }
        return ResponseImpl(session, hop, info, head, exchange, bodyLimits(), history)
            .closedOnError { also(::storeCookies) }
    }

    /** Once there is an exchange, that tells the listener of the end. */
    private suspend fun wire(hop: Hop, headers: HttpHeaders): WireRequest = try {
        val body = hop.body?.toWire(task)
        val all = withDeadline(withCookies(hop, headers))
        WireRequest(hop.method, route(hop), Urls.target(hop.uri), all, body, info)
    } catch (error: Throwable) {
        settings.listener?.let { quietly { it.ended(info, error) } }
        throw error
    }

    private fun route(hop: Hop): Route {
        val opensWebSocket = options.handshake != null
        val proxy = options.proxy ?: settings.proxyFor(hop.origin, opensWebSocket)
        val tls = tls(hop.origin)
        if (proxy == null && tls == null) return Route.direct(hop.origin)
        return Route(hop.origin, proxy, tls, opensWebSocket)
    }

    /** What shows who asks, or who is to answer, is for the server that was asked first. */
    private fun tls(origin: Origin): TlsContext? {
        val given = options.tls ?: return null
        val first = history.firstOrNull()?.let { Urls.origin(it.url()) } ?: origin
        val isFirst = origin == first || (!first.tls() && origin.host() == first.host())
        return given.takeIf { isFirst || !it.isForOneServer }
    }

    private fun withCookies(hop: Hop, headers: HttpHeaders): HttpHeaders {
        val stored = settings.cookieJar.cookiesFor(hop.uri)
        if (stored.isEmpty() && hop.cookies.isEmpty()) return headers
        return headers.copy().also { CookieRules.add(it, stored, hop.cookies) }
    }

    /** Tells the server how long the caller will wait, in milliseconds. */
    private fun withDeadline(headers: HttpHeaders): HttpHeaders {
        val name = settings.deadlineHeader ?: return headers
        val left = listOfNotNull(limits.remaining(), task.deadline?.remaining()).minOrNull() ?: return headers
        return headers.copy().set(name, left.toMillis())
    }

    private fun bodyLimits(): BodyLimits {
        val defaults = settings.body
        if (options.autoDecompress == null && options.maxBodyBytes == null) return defaults
        return defaults.copy(
            decompress = options.autoDecompress ?: defaults.decompress,
            maxBytes = options.maxBodyBytes ?: defaults.maxBytes,
        )
    }

    private fun storeCookies(response: ResponseImpl) {
        val cookies = response.allCookies()
        if (cookies.isNotEmpty()) settings.cookieJar.store(response.url(), cookies)
    }
}
