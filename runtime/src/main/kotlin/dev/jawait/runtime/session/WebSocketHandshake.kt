package dev.jawait.runtime.session

import dev.jawait.http.Headers
import dev.jawait.http.RequestInfo
import dev.jawait.http.WebSocketHandshakeException
import dev.jawait.runtime.transport.PerMessageDeflate
import dev.jawait.runtime.transport.Upgraded
import dev.jawait.runtime.transport.WireResponse
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64

/** One opening handshake (RFC 6455, section 4.1), with a key of its own. */
internal class WebSocketHandshake(private val options: WebSocketOptions) {
    private val key = Base64.getEncoder().encodeToString(ByteArray(16).also(RANDOM::nextBytes))

    /** What the request says. */
    fun headers(): List<Pair<String, String>> = buildList {
        add("Connection" to "Upgrade")
        add("Upgrade" to "websocket")
        add("Sec-WebSocket-Version" to "13")
        add("Sec-WebSocket-Key" to key)
        if (options.protocols.isNotEmpty()) add(PROTOCOL to options.protocols.joinToString())
        if (options.compress) add(EXTENSIONS to PerMessageDeflate.OFFER)
    }

    /** The WebSocket that [connection] has become by [response]; null, and it is closed, if that is not as it must be. */
    fun open(response: WireResponse, request: RequestInfo, connection: Upgraded): WebSocketLink? {
        if (problem(response.status(), response.headers()) != null) {
            connection.abort()
            return null
        }
        return WebSocketLink.open(connection, request, response.headers(), deflate(response.headers()), options)
    }

    /** Why [response] opens no WebSocket. */
    fun failure(response: ResponseImpl): WebSocketHandshakeException {
        val problem = problem(response.status(), response.headers()).orEmpty()
        return WebSocketHandshakeException(
            problem,
            response.status(),
            response.method(),
            response.url(),
            response.headers(),
        )
    }

    private fun problem(status: Int, headers: Headers): String? {
        val protocols = headers.all(PROTOCOL)
        val accept = headers.get("Sec-WebSocket-Accept")
        return when {
            status != SWITCHED -> "The server does not open a WebSocket"
            !headers.all("Upgrade").hasToken("websocket") -> "The header Upgrade does not say websocket"
            !headers.all("Connection").hasToken("upgrade") -> "The header Connection does not say Upgrade"
            accept != accept() -> "The header Sec-WebSocket-Accept does not answer the key sent"
            !areOffered(protocols) -> "The protocol was not asked for: $protocols"
            !areOffered(headers) -> "The extensions were not asked for: ${headers.all(EXTENSIONS)}"
            else -> null
        }?.let(Printable::of)
    }

    private fun List<String>.hasToken(token: String) =
        any { line -> line.split(',').any { it.trim().equals(token, ignoreCase = true) } }

    private fun accept(): String =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest((key + GUID).toByteArray()))

    private fun areOffered(protocols: List<String>) = protocols.size <= 1 && options.protocols.containsAll(protocols)

    private fun areOffered(headers: Headers) =
        !headers.contains(EXTENSIONS) || (options.compress && deflate(headers) != null)

    private fun deflate(headers: Headers): PerMessageDeflate? = if (headers.contains(EXTENSIONS)) {
        PerMessageDeflate.agreed(headers.all(EXTENSIONS).joinToString(), options.maxBytes)
    } else {
        null
    }

    companion object {
        private val RANDOM = SecureRandom()
        private const val SWITCHED = 101
        private const val EXTENSIONS = "Sec-WebSocket-Extensions"
        private const val GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        const val PROTOCOL = "Sec-WebSocket-Protocol"
    }
}
