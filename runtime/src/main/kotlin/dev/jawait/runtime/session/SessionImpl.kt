package dev.jawait.runtime.session

import dev.jawait.Coroutine
import dev.jawait.http.ClientRequest
import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.http.CookieJar
import dev.jawait.http.WebSocketRequest
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.saturatedNanos
import java.net.URI
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap

/** A session. Its requests hold on to it; what must outlive it, so that its leak can be seen, is in [SessionLifetime]. */
internal class SessionImpl(val settings: SessionSettings) : ClientSession {
    private val lifetime = SessionLifetime.begin(this, settings.sender.takeIf { settings.ownsSender })

    /** What belongs to the session and is closed with it. */
    private val attachments = ConcurrentHashMap<Any, AutoCloseable>()

    val retryBudget = RetryBudget()

    val digests = Digests()

    val sender: Sender get() = settings.sender

    override fun request(method: String, url: String): ClientRequest {
        require(Methods.isToken(method)) { "Not a method, a token of RFC 9110: ${Printable.of(method)}" }
        return RequestImpl(this, method, url, RequestOptions.NONE)
    }

    override fun webSocket(url: String): WebSocketRequest = WebSocketRequestImpl.of(this, url)

    /** Has [webSocket] closed with this session. */
    fun keep(webSocket: WebSocketLink): Unit = lifetime.keep(webSocket)

    /** Where a request for [url] goes. */
    fun resolve(url: String): URI = settings.baseUrl?.let { Urls.resolve(it, url) } ?: Urls.parse(url)

    override fun connector(): Connector = sender

    override fun cookieJar(): CookieJar = settings.cookieJar

    override fun isClosed(): Boolean = lifetime.isClosed

    /** Runs one of its requests, up to its response, unless it is closed. */
    inline fun <R> running(request: () -> R): R {
        lifetime.begin()
        try {
            return request()
        } finally {
            lifetime.end()
        }
    }

    /** What is kept under [key], made by [make] where there is nothing yet. */
    @Suppress("UNCHECKED_CAST")
    fun <A : AutoCloseable> attachment(key: Any, make: () -> A): A {
        lifetime.checkOpen()
        return attachments.computeIfAbsent(key) { make() } as A
    }

    override fun closeGracefully(limit: Duration): Coroutine<Boolean> {
        GracefulClose.checkLimit(limit)
        return NativeBody("session.closeGracefully") { task ->
            try {
                lifetime.drain(task, limit.saturatedNanos())
            } finally {
                close()
            }
        }
    }

    override fun close() {
        attachments.values.forEach(AutoCloseable::close)
        attachments.clear()
        lifetime.close()
    }
}
