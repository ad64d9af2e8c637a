package dev.jawait.runtime.ktor

import dev.jawait.CancelledException
import dev.jawait.Coroutine
import dev.jawait.http.ClientConnectionException
import dev.jawait.http.ClientException
import dev.jawait.http.ClientListener
import dev.jawait.http.ClientTimeout
import dev.jawait.http.Headers
import dev.jawait.http.PoolStats
import dev.jawait.runtime.session.GracefulClose
import dev.jawait.runtime.session.Running
import dev.jawait.runtime.session.Sender
import dev.jawait.runtime.session.SenderEngine
import dev.jawait.runtime.session.quietly
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.transport.Exchange
import dev.jawait.runtime.transport.ExchangeHandler
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.WireRequest
import dev.jawait.runtime.transport.WireResponse
import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngineFactory
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.timeout
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.prepareRequest
import io.ktor.client.request.setBody
import io.ktor.client.request.url
import io.ktor.client.statement.HttpResponse
import io.ktor.client.statement.bodyAsChannel
import io.ktor.http.ContentType
import io.ktor.http.HttpMethod
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.readAvailable
import io.netty.buffer.Unpooled
import io.netty.handler.codec.http.HttpHeaderNames
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import java.time.Duration
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture

/** Any engine of Ktor's, as what a session sends through. */
internal class KtorSenderEngine(private val factory: HttpClientEngineFactory<*>) : SenderEngine {
    override fun open(): Sender = KtorSender(factory)

    override fun toString(): String = factory.toString()
}

/** One client of Ktor's, stripped of what the session does itself. Its pool is the engine's business, if it has one. */
internal class KtorSender(factory: HttpClientEngineFactory<*>) : Sender {
    private val client =
        HttpClient(factory) {
            followRedirects = false
            expectSuccess = false
            useDefaultTransformers = false
            install(HttpTimeout)
        }
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val running = Running()

    override fun send(
        request: WireRequest,
        limits: Limits,
        listener: ClientListener?,
        handler: ExchangeHandler,
    ): Exchange {
        if (!running.begin()) return Refused.by(handler)
        val told = TellingHandler(request, listener, handler)
        return KtorExchange(scope, client, request, limits, told).apply {
            job.invokeOnCompletion { running.end() }
        }
    }

    /** What is known from outside: how many requests run. */
    override fun stats(): PoolStats = running.size.let { PoolStats(it, 0, it, 0, 0, 0) }

    override fun statsByHost(): Map<String, PoolStats> = emptyMap()

    override fun warmUp(url: String, count: Int): Coroutine<Int> = NativeBody("warmUp") {
        throw UnsupportedOperationException("The connections of $client are its own: they cannot be warmed up")
    }

    override fun clearDnsCache(): Unit = Unit

    override fun drain(): CompletableFuture<Boolean> = running.close()

    override fun closeGracefully(limit: Duration): Coroutine<Boolean> =
        GracefulClose.of("connector.closeGracefully", limit, ::close, ::drain)

    override fun close() {
        running.close()
        scope.cancel()
        client.close()
    }
}

/** What came too late. */
private object Refused : Exchange {
    /** Tells [handler], once the sender knows of this. */
    fun by(handler: ExchangeHandler): Exchange {
        val closed =
            ClientConnectionException(
                "Connector is closed: close it, and its session, when its requests have ended",
                null,
            )
        Dispatchers.Default.asExecutor().execute { handler.onFailure(closed) }
        return this
    }

    override fun read(): Unit = Unit

    override fun cancel(): Unit = Unit
}

/** Tells the listener what can be seen from outside of an engine: the response and the end. */
private class TellingHandler(
    private val request: WireRequest,
    private val listener: ClientListener?,
    private val handler: ExchangeHandler,
) : ExchangeHandler by handler {
    @Volatile
    private var hasHead = false

    override fun onHead(response: WireResponse) {
        hasHead = true
        listener?.let { quietly { it.responded(request.info(), response.status()) } }
        handler.onHead(response)
    }

    override fun onEnd() {
        listener?.let { quietly { it.ended(request.info(), null) } }
        handler.onEnd()
    }

    override fun onFailure(error: Throwable) {
        val told = error.takeUnless { hasHead && it is CancelledException }
        listener?.let { quietly { it.ended(request.info(), told) } }
        handler.onFailure(error)
    }
}

/** One exchange, as a coroutine that waits to be asked for each piece of the body. */
private class KtorExchange(
    scope: CoroutineScope,
    private val client: HttpClient,
    private val request: WireRequest,
    private val limits: Limits,
    private val handler: ExchangeHandler,
) : Exchange {
    private val wanted = Channel<Unit>(Channel.UNLIMITED)

    /** Begins even if it is cancelled before: the handler hears of every end. */
    @OptIn(DelicateCoroutinesApi::class)
    val job: Job = scope.launch(start = CoroutineStart.ATOMIC) { run() }

    override fun toString(): String = request.toString()

    override fun read() {
        wanted.trySend(Unit)
    }

    override fun cancel() {
        job.cancel()
    }

    private suspend fun run() {
        try {
            checkRoute()
            limited { client.prepareRequest { fill(this) }.execute { receive(it) } }
        } catch (error: CancellationException) {
            handler.onFailure(CancelledException(error.message))
            throw error
        } catch (error: Throwable) {
            handler.onFailure(KtorErrors.ours(error, request, limits))
            return
        }
        handler.onEnd()
    }

    private fun checkRoute() {
        val route = request.route()
        if (route.proxy() == null && route.tls() == null) return
        throw ClientException("Proxies and TLS settings are the business of Ktor's engine: configure them there", null)
    }

    private suspend fun limited(block: suspend () -> Unit) {
        val total = limits.timeout().total() ?: return block()
        val left = total.toNanos() - (System.nanoTime() - limits.started())
        val done =
            kotlinx.coroutines.withTimeoutOrNull(Duration.ofNanos(maxOf(left, 1)).toMillis().coerceAtLeast(1)) {
                block()
                true
            }
        if (done == null) throw KtorErrors.timeOut("total", total, request, limits)
    }

    private fun fill(builder: HttpRequestBuilder) {
        builder.method = HttpMethod(request.method())
        builder.url("${request.origin()}${request.target()}")
        val body = request.body()
        for ((name, value) in request.headers().entries()) {
            if (body == null ||
                !HttpHeaderNames.CONTENT_TYPE.contentEqualsIgnoreCase(name)
            ) {
                builder.headers.append(name, value)
            }
        }
        if (body != null) {
            val type = request.headers().get(HttpHeaderNames.CONTENT_TYPE)
            builder.setBody(KtorBodies.content(body, type?.let(ContentType::parse)))
        }
        builder.limit(limits.timeout())
    }

    private fun HttpRequestBuilder.limit(limits: ClientTimeout) {
        timeout {
            connectTimeoutMillis = (limits.connect() ?: limits.sockConnect())?.toMillis()
            socketTimeoutMillis = limits.sockRead()?.toMillis()
        }
    }

    private suspend fun receive(response: HttpResponse) {
        handler.onHead(WireResponse(response.status.value, response.status.description, headers(response), false))
        if (hasBody(response)) pump(response.bodyAsChannel())
    }

    private fun headers(response: HttpResponse): Headers = Headers.of(
        response.headers.entries().flatMap { (name, values) ->
            values.map { java.util.Map.entry(name, it) }
        },
    )

    private fun hasBody(response: HttpResponse) =
        request.method() != "HEAD" && response.status.value !in BODILESS && response.headers["Content-Length"] != "0"

    private suspend fun pump(body: ByteReadChannel) {
        val bytes = ByteArray(PIECE)
        while (true) {
            wanted.receive()
            val count = body.readAvailable(bytes)
            if (count < 0) return
            handler.onData(Unpooled.copiedBuffer(bytes, 0, count))
        }
    }

    private companion object {
        private const val PIECE = 16 * 1024
        private val BODILESS = setOf(204, 304)
    }
}
