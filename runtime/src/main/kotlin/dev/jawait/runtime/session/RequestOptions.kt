package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.ClientMiddleware
import dev.jawait.http.ClientTimeout
import dev.jawait.http.Proxy
import dev.jawait.http.RetryPolicy
import dev.jawait.runtime.bodies.Body
import dev.jawait.runtime.net.TlsContext

/** What a request was told; what is null here is the session's to say. */
internal data class RequestOptions(
    val headers: List<Pair<String, String>> = emptyList(),
    val secretHeaders: Set<String> = emptySet(),
    val skippedHeaders: Set<String> = emptySet(),
    val params: List<Pair<String, String>> = emptyList(),
    val cookies: List<Pair<String, String>> = emptyList(),
    val auth: Auth? = null,
    val timeout: ClientTimeout? = null,
    val retry: RetryPolicy? = null,
    val middlewares: List<ClientMiddleware>? = null,
    val body: Body? = null,
    val allowRedirects: Boolean? = null,
    val maxRedirects: Int = 10,
    val allowDowngrade: Boolean = false,
    val raiseForStatus: Boolean? = null,
    val autoDecompress: Boolean? = null,
    val maxBodyBytes: Long? = null,
    val expectContinue: Boolean = false,
    val proxy: Proxy? = null,
    val tls: TlsContext? = null,
    val tag: Any? = null,
    val handshake: WebSocketHandshake? = null,
) {
    /** Whether the headers are those that all requests of the session have. */
    val addsNoHeaders: Boolean get() = headers.isEmpty() && skippedHeaders.isEmpty() && body == null

    companion object {
        val NONE = RequestOptions()
    }
}
