package dev.jawait.runtime.ktor

import dev.jawait.http.ClientTimeout
import dev.jawait.http.CookieJar
import dev.jawait.http.Proxy
import dev.jawait.http.RequestInfo
import dev.jawait.runtime.session.CookieRules
import dev.jawait.runtime.session.Fields
import dev.jawait.runtime.session.HopExchange
import dev.jawait.runtime.session.Sender
import dev.jawait.runtime.session.SetCookie
import dev.jawait.runtime.session.Urls
import dev.jawait.runtime.session.allOf
import dev.jawait.runtime.session.bytesOf
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.inTask
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.Route
import dev.jawait.runtime.transport.WireRequest
import dev.jawait.runtime.transport.WireResponse
import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.engine.callContext
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.http.HeadersBuilder
import io.ktor.http.HttpProtocolVersion
import io.ktor.http.HttpStatusCode
import io.ktor.util.date.GMTDate
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.InternalAPI
import io.ktor.utils.io.writeFully
import io.ktor.utils.io.writer
import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaders
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import java.net.URI
import java.time.Duration
import kotlin.coroutines.CoroutineContext

/** The pool as an engine of Ktor's; with the cookies and limits of a session, if it is one's. */
internal class PooledEngine(
    override val config: HttpClientEngineConfig,
    private val sender: Sender,
    private val ownsSender: Boolean,
    private val cookieJar: CookieJar,
    private val timeout: ClientTimeout,
    private val proxyFor: (Origin) -> Proxy?,
) : HttpClientEngineBase("jawait") {
    override val supportedCapabilities = setOf(HttpTimeoutCapability)

    /** Not that of Ktor's engines, which is for what blocks: here nothing does, and its many threads get in each other's way. */
    override val dispatcher: CoroutineDispatcher = config.dispatcher ?: Dispatchers.Default

    @InternalAPI
    override suspend fun execute(data: HttpRequestData): HttpResponseData = try {
        send(data)
    } catch (error: RuntimeException) {
        throw KtorErrors.theirs(error)
    }

    @OptIn(InternalAPI::class)
    private suspend fun send(data: HttpRequestData): HttpResponseData {
        val callContext = callContext()
        val started = GMTDate()
        return inTask { task ->
            val uri = Urls.parse(data.url.toString())
            val request = request(data, uri, task)
            val exchange = HopExchange()
            exchange.begin { sender.send(request, Limits(System.nanoTime(), limits(data)), null, it) }
            // Also where the call is cancelled, or its response never read.
            callContext[Job]!!.invokeOnCompletion { exchange.abandon() }
            val head = task.awaitPromise(exchange)
            store(head, uri)
            val body = body(exchange, callContext, task)
            HttpResponseData(status(head), started, headers(head), HttpProtocolVersion.HTTP_1_1, body, callContext)
        }
    }

    private fun request(data: HttpRequestData, uri: URI, task: TaskImpl<*>): WireRequest {
        val info = RequestInfo(data.method.value, Urls.public(uri), 0, 1, null)
        val body = KtorBodies.wire(data.body, task.runner)
        val origin = Urls.origin(uri)
        val route = Route(origin, proxyFor(origin), null)
        return WireRequest(data.method.value, route, Urls.target(uri), headers(data, uri), body, info)
    }

    private fun headers(data: HttpRequestData, uri: URI): HttpHeaders {
        val headers = Fields.none()
        data.headers.forEach { name, values -> values.forEach { headers.add(name, it) } }
        data.body.headers.forEach { name, values -> headers.set(name, values) }
        data.body.contentType?.let { headers.set(HttpHeaderNames.CONTENT_TYPE, it.toString()) }
        SET_BY_TRANSPORT.forEach(headers::remove)
        val stored = cookieJar.cookiesFor(uri)
        if (stored.isNotEmpty()) CookieRules.add(headers, stored)
        return headers
    }

    /** Those of the session, with what Ktor's HttpTimeout says of connecting, without the wait for a place, and of silence. */
    private fun limits(data: HttpRequestData): ClientTimeout {
        val asked = data.getCapabilityOrNull(HttpTimeoutCapability) ?: return timeout
        return timeout
            .toBuilder()
            .apply { asked.connectTimeoutMillis?.let(::duration)?.let { dns(it).sockConnect(it).proxy(it) } }
            .apply { asked.socketTimeoutMillis?.let(::duration)?.let { write(it).sockRead(it) } }
            .build()
    }

    private fun duration(millis: Long) =
        if (millis == HttpTimeoutConfig.INFINITE_TIMEOUT_MS) Duration.ZERO else Duration.ofMillis(millis)

    private fun store(head: WireResponse, uri: URI) {
        val cookies = SetCookie.all(head.headers(), uri)
        if (cookies.isNotEmpty()) cookieJar.store(uri, cookies)
    }

    private fun status(head: WireResponse) = HttpStatusCode(head.status(), head.reason())

    private fun headers(head: WireResponse) =
        HeadersBuilder().apply { head.headers().entries().forEach { append(it.key, it.value) } }.build()

    /** At once where all of it has come already: that is cheaper than a coroutine that waits for it. */
    private suspend fun body(exchange: HopExchange, callContext: CoroutineContext, task: TaskImpl<*>): ByteReadChannel {
        if (!exchange.isComplete) return arriving(exchange, callContext)
        return ByteReadChannel(allOf(expected = 0) { exchange.read(task) })
    }

    private fun arriving(exchange: HopExchange, callContext: CoroutineContext): ByteReadChannel =
        CoroutineScope(callContext)
            .writer(Dispatchers.Unconfined, autoFlush = true) {
                while (true) channel.writeFully(next(exchange) ?: break)
            }.channel

    private suspend fun next(exchange: HopExchange): ByteArray? = try {
        inTask { task -> exchange.read(task) }?.let(::bytesOf)
    } catch (error: RuntimeException) {
        throw KtorErrors.theirs(error)
    }

    override fun close() {
        super.close()
        if (ownsSender) sender.close()
    }

    private companion object {
        private val SET_BY_TRANSPORT =
            listOf(
                HttpHeaderNames.HOST,
                HttpHeaderNames.CONTENT_LENGTH,
                HttpHeaderNames.TRANSFER_ENCODING,
            )
    }
}
