package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.ClientListener
import dev.jawait.http.ClientMiddleware
import dev.jawait.http.ClientTimeout
import dev.jawait.http.CookieJar
import dev.jawait.http.Proxy
import dev.jawait.http.RetryPolicy
import dev.jawait.runtime.transport.CommonHeaders
import dev.jawait.runtime.transport.Origin
import io.netty.handler.codec.http.HttpHeaders
import java.net.URI

/** What a session was built with. */
internal class SessionSettings(
    val sender: Sender,
    val ownsSender: Boolean,
    val cookieJar: CookieJar,
    val headers: List<Pair<String, String>>,
    val timeout: ClientTimeout,
    val raiseForStatus: Boolean,
    val body: BodyLimits,
    val listener: ClientListener?,
    val baseUrl: URI?,
    val auth: Auth?,
    val originAuth: Map<Origin, Auth>,
    val secretHeaders: Set<String>,
    val skippedHeaders: Set<String>,
    val deadlineHeader: String?,
    val retry: RetryPolicy,
    val middlewares: List<ClientMiddleware>,
    val proxy: Proxy?,
    val environment: Environment?,
) {
    /** Those of a request that adds none. */
    val headersOfAll: HttpHeaders = CommonHeaders(RequestHeaders.of(this, RequestOptions.NONE))

    /** By which proxy a request to [origin] goes that names none. */
    fun proxyFor(origin: Origin, webSocket: Boolean = false): Proxy? = proxy ?: environment?.proxyFor(origin, webSocket)
}
