package dev.jawait.runtime.session

import dev.jawait.Coroutine
import dev.jawait.http.ClientPayloadException
import dev.jawait.http.ClientResponse
import dev.jawait.http.ClientResponseException
import dev.jawait.http.ContentTypeException
import dev.jawait.http.Cookie
import dev.jawait.http.Headers
import dev.jawait.http.RequestInfo
import dev.jawait.http.ResponseBody
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.WireResponse
import java.io.ByteArrayOutputStream
import java.net.URI
import java.nio.ByteBuffer

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
    private val source = limits.source(exchange, head.headers().get("content-encoding"))
    private var content: ByteArray? = null
    private val cookies by lazy { parsedCookies() }

    override fun status(): Int = head.status()

    override fun reason(): String = head.reason()

    override fun method(): String = hop.method

    override fun url(): URI = info.url()

    override fun headers(): Headers = head.headers()

    override fun history(): List<ClientResponse> = history

    override fun isConnectionReused(): Boolean = head.connectionReused()

    override fun cookies(): Map<String, Cookie> = allCookies().associateBy(Cookie::name)

    fun allCookies(): List<Cookie> = if (headers().contains(SET_COOKIE)) cookies else emptyList()

    private fun parsedCookies() = headers().all(SET_COOKIE).mapNotNull { SetCookie.parse(it, hop.uri) }

    override fun body(): ResponseBody = Pieces()

    override fun bytes(): Coroutine<ByteArray> = NativeBody("response.bytes", ::bytes)

    override fun text(): Coroutine<String> = NativeBody("response.text", ::text)

    override fun <R> json(type: Class<R>): Coroutine<R> = NativeBody("response.json") { task -> json(task, type) }

    suspend fun bytes(task: TaskImpl<*>): ByteArray = content ?: readAll(task).also { content = it }

    suspend fun text(task: TaskImpl<*>): String = String(bytes(task), ContentType.charset(headers().get(CONTENT_TYPE)))

    @Suppress("UNCHECKED_CAST")
    suspend fun <R> json(task: TaskImpl<*>, type: Class<R>): R {
        val contentType = headers().get(CONTENT_TYPE)
        if (!ContentType.isJson(contentType)) {
            val said = if (contentType == null) "none was sent" else Printable.of(contentType)
            throw ContentTypeException(
                "JSON was asked for, the content type is: $said",
                status(),
                method(),
                url(),
                headers(),
            )
        }
        return JsonCodecs.find().decode(bytes(task), type as Class<Any>) as R
    }

    private suspend fun readAll(task: TaskImpl<*>): ByteArray {
        try {
            val first = source.read(task) ?: return EMPTY
            val bytes = ByteArrayOutputStream(maxOf(first.readableBytes(), minOf(declaredLength(), MAX_TRUSTED_LENGTH)))
            var piece = first
            while (true) {
                piece.readBytes(bytes, piece.readableBytes())
                piece.release()
                piece = source.read(task) ?: return bytes.toByteArray()
            }
        } catch (error: Throwable) {
            abort()
            throw error
        }
    }

    private fun declaredLength(): Int = headers().get("content-length")?.toIntOrNull() ?: 0

    /** Reads the body of a redirect away, so that its connection can go on; a long one is not worth that. */
    suspend fun discardSmall(task: TaskImpl<*>) {
        var read = 0
        while (read <= SMALL) {
            val piece = exchange.read(task) ?: return
            read += piece.readableBytes()
            piece.release()
        }
        abort()
    }

    override fun raiseForStatus(): ClientResponse {
        if (isOk) return this
        throw ClientResponseException(Printable.of(reason()), null, status(), method(), url(), headers())
    }

    /** A small rest is read away; that is cheaper than a new connection. */
    override fun close() {
        val isSmall = declaredLength() in 1..SMALL && method() != "HEAD"
        source.close()
        if (!exchange.isComplete && !exchange.isGivenUp && isSmall) exchange.discard() else exchange.abandon()
    }

    /** Closes the connection, if the body has not ended. */
    fun abort() {
        source.close()
        exchange.abandon()
    }

    override fun toString(): String = "ClientResponse[${status()} ${reason()}, ${method()} ${url()}]"

    private inner class Pieces : ResponseBody {
        override fun read(): Coroutine<ByteBuffer?> = NativeBody("body.read") { task -> copyOfNext(task) }

        override fun discard(): Coroutine<Long> = NativeBody("body.discard") { task ->
            var count = 0L
            while (true) {
                val piece = exchange.read(task) ?: break
                count += piece.readableBytes()
                piece.release()
            }
            count
        }
    }

    /** After a malformed body nothing of the connection can be trusted. */
    private inline fun <R> orAbort(action: () -> R): R = try {
        action()
    } catch (error: ClientPayloadException) {
        abort()
        throw error
    }

    /** The pieces that come belong to the transport's memory; the user gets memory of his own. */
    private suspend fun copyOfNext(task: TaskImpl<*>): ByteBuffer? {
        val piece = orAbort { source.read(task) } ?: return null
        try {
            return ByteBuffer.wrap(ByteArray(piece.readableBytes()).also(piece::readBytes))
        } finally {
            piece.release()
        }
    }

    private companion object {
        private const val SET_COOKIE = "set-cookie"
        private const val CONTENT_TYPE = "content-type"
        private const val SMALL = 64 * 1024

        /** A length that a server declares is believed this far before the bytes are there. */
        private const val MAX_TRUSTED_LENGTH = 1024 * 1024
        private val EMPTY = ByteArray(0)
    }
}
