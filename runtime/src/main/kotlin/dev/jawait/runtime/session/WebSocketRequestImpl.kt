package dev.jawait.runtime.session

import dev.jawait.AsyncFunction
import dev.jawait.Coroutine
import dev.jawait.http.ClientException
import dev.jawait.http.ClientRequest
import dev.jawait.http.WebSocket
import dev.jawait.http.WebSocketRequest
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.Recipe
import dev.jawait.runtime.tasks.TaskImpl
import java.time.Duration
import java.util.function.UnaryOperator

/** A WebSocket to be opened: [request] is that of the handshake. */
internal class WebSocketRequestImpl private constructor(
    private val request: RequestImpl,
    private val options: WebSocketOptions,
) : Recipe<WebSocket>(),
    WebSocketRequest {
    private val session = request.session

    override fun name(): String = "webSocket " + request.name().substringAfter(' ')

    private fun with(
        request: ClientRequest = this.request,
        options: WebSocketOptions = this.options,
    ): WebSocketRequest {
        used()
        return WebSocketRequestImpl(request as RequestImpl, options)
    }

    override fun protocols(vararg protocols: String): WebSocketRequest {
        val wrong = protocols.firstOrNull { !Methods.isToken(it) }
        require(wrong == null) { "Not a protocol, a token of RFC 9110: ${Printable.of(wrong.orEmpty())}" }
        require(protocols.distinct().size == protocols.size) { "A protocol is named twice: ${protocols.toList()}" }
        return with(options = options.copy(protocols = protocols.toList()))
    }

    override fun origin(origin: String): WebSocketRequest = header("Origin", origin)

    override fun header(name: String, value: String): WebSocketRequest = with(request.header(name, value))

    override fun param(name: String, value: String): WebSocketRequest = with(request.param(name, value))

    override fun handshake(change: UnaryOperator<ClientRequest>): WebSocketRequest {
        val changed = change.apply(request)
        require(changed is RequestImpl && changed.session === session && changed.method == request.method) {
            "The handshake of a WebSocket is the request that was given, with other options; not: $changed"
        }
        require(changed.options.body == null) { "The handshake of a WebSocket has no body" }
        return with(changed)
    }

    override fun receiveTimeout(limit: Duration): WebSocketRequest {
        require(!limit.isNegative) { "The time limit of receiving is negative: $limit; zero stands for none" }
        return with(options = options.copy(receiveLimit = limit))
    }

    override fun closeTimeout(limit: Duration): WebSocketRequest {
        require(!limit.isNegative && !limit.isZero) { "The time limit of closing is not positive: $limit" }
        return with(options = options.copy(closeLimit = limit))
    }

    override fun heartbeat(interval: Duration): WebSocketRequest {
        require(!interval.isNegative) { "The interval of the heartbeat is negative: $interval; zero stands for none" }
        return with(options = options.copy(heartbeat = interval))
    }

    override fun compress(compress: Boolean): WebSocketRequest = with(options = options.copy(compress = compress))

    override fun maxMessageBytes(max: Int): WebSocketRequest {
        require(max >= 0) { "The limit of a message's length is negative: $max; 0 stands for no limit" }
        return with(options = options.copy(maxBytes = max))
    }

    override fun autoPing(auto: Boolean): WebSocketRequest = with(options = options.copy(autoPing = auto))

    override fun autoClose(auto: Boolean): WebSocketRequest = with(options = options.copy(autoClose = auto))

    /** Opens it. */
    override suspend fun runIn(task: TaskImpl<*>): WebSocketImpl {
        if (session.sender !is PooledConnector) {
            throw ClientException(
                "WebSockets need the session's own pool: there are none over an engine of Ktor's",
                null,
            )
        }
        val handshake = WebSocketHandshake(options)
        val response = RequestFlow(request(handshake), task).run()
        val link = response.webSocket ?: throw handshake.failure(response).also { response.close() }
        session.keep(link)
        return WebSocketImpl(session, link, options).also { Unclosed.watch(it, "WebSocket", link::abortLeaked) }
    }

    private fun request(handshake: WebSocketHandshake): RequestImpl {
        val options = request.options
        return RequestImpl(
            session,
            request.method,
            request.url,
            options.copy(
                headers = options.headers + handshake.headers(),
                raiseForStatus = false,
                handshake = handshake,
            ),
        )
    }

    /** Nobody will use it. */
    override fun takeBack(value: WebSocket): Unit = (value as WebSocketImpl).leave()

    override fun <R> use(body: AsyncFunction<in WebSocket, out R>): Coroutine<R> =
        using { task, webSocket -> task.callBody { body.apply(webSocket) } }

    /** Opens it, lets [body] have it, and closes it. */
    fun <R> using(body: suspend (TaskImpl<*>, WebSocket) -> R): Coroutine<R> {
        used()
        return NativeBody("webSocket") { task ->
            val webSocket = runIn(task)
            val result =
                try {
                    body(task, webSocket)
                } catch (error: Throwable) {
                    webSocket.leave()
                    throw error
                }
            result.also { webSocket.exit(task, null) }
        }
    }

    companion object {
        private val SCHEMES = mapOf("ws:" to "http:", "wss:" to "https:")

        fun of(session: SessionImpl, url: String): WebSocketRequestImpl =
            WebSocketRequestImpl(session.request("GET", http(url.trim(' '))) as RequestImpl, WebSocketOptions())

        /** [url] with the scheme that the handshake is asked with. */
        private fun http(url: String): String {
            val (scheme, instead) = SCHEMES.entries.find { url.startsWith(it.key, ignoreCase = true) } ?: return url
            return instead + url.substring(scheme.length)
        }
    }
}
