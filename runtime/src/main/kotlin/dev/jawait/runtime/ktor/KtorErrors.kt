package dev.jawait.runtime.ktor

import dev.jawait.http.ClientConnectorDnsException
import dev.jawait.http.ClientConnectorException
import dev.jawait.http.ClientConnectorSslException
import dev.jawait.http.ClientException
import dev.jawait.http.ClientOsException
import dev.jawait.http.ClientTimeoutException
import dev.jawait.http.InvalidUrlException
import dev.jawait.http.Phase
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.WireRequest
import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.client.network.sockets.SocketTimeoutException
import io.ktor.client.plugins.HttpRequestTimeoutException
import java.io.IOException
import java.net.ConnectException
import java.net.UnknownHostException
import java.nio.channels.UnresolvedAddressException
import java.time.Duration
import javax.net.ssl.SSLException

/** The errors of Ktor's engines and ours, as each other's. */
internal object KtorErrors {
    private val CONNECTING = setOf("pool", "dns", "connect", "sockConnect", "proxy", "tls")

    /** What Ktor's plugins and users expect of an engine. */
    fun theirs(error: RuntimeException): Exception = when (error) {
        is ClientTimeoutException -> timeOut(error)
        is InvalidUrlException -> error
        is ClientConnectorDnsException -> UnknownHostException(error.message).initCause(error) as IOException
        is ClientConnectorException -> ConnectException(error.message).initCause(error) as IOException
        is ClientException -> IOException(error.message, error)
        else -> error
    }

    private fun timeOut(error: ClientTimeoutException): IOException = when (error.limitName()) {
        "total" -> HttpRequestTimeoutException(error.url().toString(), error.limit().toMillis(), error)
        in CONNECTING -> ConnectTimeoutException(error.message.orEmpty(), error)
        else -> SocketTimeoutException(error.message.orEmpty(), error)
    }

    fun ours(error: Throwable, request: WireRequest, limits: Limits): Throwable = when (error) {
        is ClientException, is ClientTimeoutException -> error

        is ConnectTimeoutException -> timeOut(
            "connect",
            limits.timeout().run {
                connect() ?: sockConnect()
            },
            request,
            limits,
        )

        is SocketTimeoutException -> timeOut("sockRead", limits.timeout().sockRead(), request, limits)

        is UnresolvedAddressException, is UnknownHostException ->
            ClientConnectorDnsException("No address found for ${request.origin().host()}", error)

        is ConnectException -> ClientConnectorException(
            "Cannot connect to ${request.origin()}: ${error.message}",
            error,
        )

        is SSLException -> ClientConnectorSslException(
            "TLS with ${request.origin()} failed: ${error.message}",
            error,
        )

        is IOException -> ClientOsException("The connection to ${request.origin()} failed: ${error.message}", error)

        else -> ClientException(
            "${request.info().method()} ${request.info().url()} failed: ${error.message}",
            error,
        )
    }

    fun timeOut(name: String, limit: Duration?, request: WireRequest, limits: Limits): ClientTimeoutException {
        val phase =
            when (name) {
                "connect" -> Phase.CONNECT
                "sockRead" -> Phase.READ
                else -> Phase.TOTAL
            }
        val elapsed = Duration.ofNanos(System.nanoTime() - limits.started())
        return ClientTimeoutException(
            phase,
            name,
            limit ?: Duration.ZERO,
            elapsed,
            request.info().method(),
            request.info().url(),
            null,
            null,
        )
    }
}
