package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.CancelledException
import dev.jawait.http.ClientException
import dev.jawait.http.ClientListener
import dev.jawait.http.ClientSession
import dev.jawait.http.RequestInfo
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.kotlin.withTimeout
import dev.jawait.samples.server.SampleServer
import kotlinx.coroutines.CompletableDeferred
import org.eclipse.jetty.server.Server
import org.eclipse.jetty.server.ServerConnector
import org.springframework.http.server.reactive.JettyCoreHttpHandlerAdapter
import org.springframework.web.reactive.function.server.RouterFunction
import org.springframework.web.reactive.function.server.RouterFunctions
import org.springframework.web.reactive.function.server.ServerResponse
import org.springframework.web.reactive.function.server.bodyValueAndAwait
import org.springframework.web.reactive.function.server.buildAndAwait
import org.springframework.web.reactive.function.server.coRouter
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Handlers of WebFlux that are suspend functions and ask two services; where they are cancelled, so are their requests. */
suspend fun main() {
    val cancelled = CancelledRequest()
    SampleServer().use { service ->
        ClientSession { baseUrl(service.url("/")).raiseForStatus(true).listener(cancelled) }.use { session ->
            ClientSession().use { caller ->
                val container = container(routes(session))
                try {
                    println(caller.get("${container.uri}price").text().await())
                    println(caller.get("${container.uri}late") { it.status }.await())
                    println(caller.get("${container.uri}broken") { it.status }.await())
                    println("cancelled at the service: ${cancelled.path.await()}")
                } finally {
                    container.stop()
                }
            }
        }
    }
}

private fun routes(session: ClientSession) = coRouter {
    GET("/price") { answer(session, "slow?body=7", 20.seconds) }
    GET("/late") { answer(session, "slow?body=7&units=100", 500.milliseconds) }
    GET("/broken") { answer(session, "slow?status=500", 20.seconds) }
}

private suspend fun answer(session: ClientSession, price: String, limit: Duration): ServerResponse = try {
    withTimeout(limit) {
        val both = listOf(session.get("slow?body=tea").text(), session.get(price).text())
        ServerResponse.ok().bodyValueAndAwait(gather(both, cancelOnFailure = true).joinToString(" "))
    }
} catch (_: AsyncTimeoutException) {
    ServerResponse.status(504).buildAndAwait()
} catch (_: ClientException) {
    ServerResponse.status(502).buildAndAwait()
}

/** Hears which request was cancelled. */
private class CancelledRequest : ClientListener {
    val path = CompletableDeferred<String>()

    override fun ended(request: RequestInfo, error: Throwable?) {
        if (error is CancelledException) path.complete(request.url().path)
    }
}

private fun container(routes: RouterFunction<ServerResponse>): Server {
    val container = Server()
    container.addConnector(ServerConnector(container, 1, 1).apply { host = "127.0.0.1" })
    container.handler = JettyCoreHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes))
    container.start()
    return container
}
