package dev.jawait.runtime.session

import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.http.ClientResponse
import dev.jawait.http.ClientResponseException
import dev.jawait.http.ContentDisposition
import dev.jawait.http.ContentTypeException
import dev.jawait.http.Cookie
import dev.jawait.http.Headers
import dev.jawait.http.Link
import dev.jawait.http.ProgressListener
import dev.jawait.http.RequestInfo
import dev.jawait.http.ResponseBody
import dev.jawait.runtime.tasks.CreationSite
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.WireResponse
import java.lang.ref.Cleaner.Cleanable
import java.net.URI
import java.nio.charset.Charset

/** A response, whose body is still on its way. */
internal class ResponseImpl(
    private val session: SessionImpl,
    private val hop: Hop,
    private val info: RequestInfo,
    private val head: WireResponse,
    private val exchange: HopExchange,
    private val limits: BodyLimits,
    private val history: List<ClientResponse>,
) : ClientResponse {
    private val reader =
        BodyReader(limits.source(exchange, head.headers().get("content-encoding")), exchange, info)
    private var content: ByteArray? = null

    /** Set before anybody else knows of this. */
    private var unread: Cleanable? = null

    /** What the connection has become, if the request was to open a WebSocket and the server has. */
    val webSocket: WebSocketLink? get() = exchange.webSocket
    private var cookies: List<Cookie>? = null

    override fun status(): Int = head.status()

    override fun reason(): String = head.reason()

    override fun method(): String = hop.method

    override fun url(): URI = info.url()

    override fun headers(): Headers = head.headers()

    override fun history(): List<ClientResponse> = history

    override fun isConnectionReused(): Boolean = head.connectionReused()

    override fun cookies(): Map<String, Cookie> = allCookies().associateBy(Cookie::name)

    fun allCookies(): List<Cookie> {
        if (!headers().contains("set-cookie")) return emptyList()
        return cookies ?: SetCookie.all(headers(), hop.uri).also { cookies = it }
    }

    override fun contentType(): String = ContentType.mediaType(headers().get(CONTENT_TYPE))

    override fun charset(): Charset = ContentType.charset(headers().get(CONTENT_TYPE))

    override fun contentDisposition(): ContentDisposition? =
        headers().get("content-disposition")?.let(Dispositions::parse)

    override fun links(): List<Link> = headers().all("link").flatMap { Links.parse(it, url()) }

    override fun body(): ResponseBody = ReceivedBody(this, reader)

    override fun bytes(): Coroutine<ByteArray> = NativeBody("response.bytes", ::bytes)

    override fun text(): Coroutine<String> = NativeBody("response.text", ::text)

    override fun text(charset: Charset): Coroutine<String> =
        NativeBody("response.text") { task -> String(bytes(task), charset) }

    override fun <R> json(type: Class<R>): Coroutine<R> = NativeBody("response.json") { task -> json(task, type) }

    override fun <R> json(type: Class<R>, contentType: String): Coroutine<R> =
        NativeBody("response.json") { task -> json(task, type, contentType) }

    suspend fun bytes(task: TaskImpl<*>): ByteArray = content ?: readAll(task)

    suspend fun text(task: TaskImpl<*>): String = String(bytes(task), charset())

    @Suppress("UNCHECKED_CAST")
    suspend fun <R> json(task: TaskImpl<*>, type: Class<R>, alsoAllowed: String? = null): R {
        val contentType = headers().get(CONTENT_TYPE)
        if (!ContentType.isJson(contentType) && !ContentType.isWithin(contentType(), alsoAllowed)) {
            throw notJson(contentType)
        }
        val bytes = bytes(task)
        if (bytes.all { it in JSON_SPACE }) return null as R
        return JsonCodecs.find().decode(inUtf8(bytes), type as Class<Any>) as R
    }

    private fun inUtf8(bytes: ByteArray): ByteArray =
        if (charset() == Charsets.UTF_8) bytes else String(bytes, charset()).encodeToByteArray()

    private fun notJson(contentType: String?): ContentTypeException {
        val said = if (contentType == null) "none was sent" else Printable.of(contentType)
        val message = "JSON was asked for, the content type is: $said; json(type, \"*/*\") takes any"
        return ContentTypeException(message, status(), method(), url(), headers())
    }

    private suspend fun readAll(task: TaskImpl<*>): ByteArray = reader.alone {
        try {
            allOf(minOf(declaredLength(), MAX_TRUSTED_LENGTH).toInt()) { reader.next(task) }.also { content = it }
        } catch (error: Throwable) {
            abort()
            throw error
        }
    }

    /** Negative if the response does not say. */
    private fun declaredLength(): Long = headers().get(CONTENT_LENGTH)?.toLongOrNull() ?: -1

    /** Has [listener] hear of what is received of the body. */
    fun onProgress(listener: ProgressListener) {
        val total = declaredLength()
        exchange.progress = { received -> listener.transferred(received, total) }
    }

    /** Throws away what is left, without decompressing it; counts what was received. */
    suspend fun discard(task: TaskImpl<*>): Long = reader.alone {
        var count = 0L
        while (true) {
            val piece = reader.takeKept() ?: exchange.read(task) ?: break
            count += piece.readableBytes()
            piece.release()
        }
        count
    }

    /** As [close], but waits until a small rest is read away, so that the next request can have the connection. */
    suspend fun discardSmall(task: TaskImpl<*>) {
        if (exchange.isComplete) return close()
        val done = Promise<Unit>()
        close(done)
        task.awaitPromise(done)
    }

    override fun raiseForStatus(): ClientResponse {
        if (isOk) return this
        throw ClientResponseException(Printable.of(reason()), null, status(), method(), url(), headers())
    }

    /** A small rest is read away; that is cheaper than a new connection. */
    override fun close(): Unit = close(null)

    private fun close(whenDone: Promise<Unit>?) {
        reader.close()
        if (!exchange.isComplete && !exchange.isGivenUp && mayBeSmall()) {
            exchange.discard(SMALL, whenDone)
        } else {
            exchange.abandon()
            whenDone?.end(Outcome.Success(Unit))
        }
        unread?.clean()
    }

    /** Whether the body ends of itself, after little perhaps. */
    private fun mayBeSmall() = declaredLength() in 1..SMALL || headers().contains("transfer-encoding")

    /** Closes the connection, if the body has not ended. */
    fun abort() {
        reader.close()
        exchange.abandon()
        unread?.clean()
    }

    /** Has its connection given up should it be collected before it is read or closed; [site] made the request. */
    fun watch(site: CreationSite?) {
        // The reader, not this: whoever reads, reads on though he has forgotten the response.
        unread = UnreadResponse.watch(reader, exchange, site)
    }

    override fun toString(): String = "ClientResponse[${status()} ${reason()}, ${method()} ${url()}]"

    private companion object {
        private const val CONTENT_TYPE = "content-type"
        private const val CONTENT_LENGTH = "content-length"
        private val JSON_SPACE = " \t\r\n".encodeToByteArray()
        private const val SMALL = 64 * 1024

        /** A length that a server declares is believed this far before the bytes are there. */
        private const val MAX_TRUSTED_LENGTH = 1024L * 1024
    }
}

/** What [next] makes of it; closes it where that fails. */
internal inline fun <R> ResponseImpl.closedOnError(next: ResponseImpl.() -> R): R = try {
    next()
} catch (error: Throwable) {
    close()
    throw error
}
