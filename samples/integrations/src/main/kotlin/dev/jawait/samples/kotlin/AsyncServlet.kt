package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.http.ClientException
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.timeout
import dev.jawait.samples.server.SampleServer
import jakarta.servlet.http.HttpServlet
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import org.eclipse.jetty.ee11.servlet.ServletContextHandler
import org.eclipse.jetty.ee11.servlet.ServletHolder
import org.eclipse.jetty.server.Server
import org.eclipse.jetty.server.ServerConnector
import org.eclipse.jetty.util.thread.QueuedThreadPool
import kotlin.time.Duration.Companion.seconds

/** A servlet that answers what another service says, and holds none of its container's threads while it waits. */
private class AsyncServlet(private val session: ClientSession) : HttpServlet() {
    /** Writing to a client may block. */
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO)

    override fun doGet(request: HttpServletRequest, response: HttpServletResponse) {
        val context = request.startAsync()
        context.timeout = 0 // The request below has a limit of its own.
        scope.launch {
            try {
                answer(response)
            } finally {
                context.complete()
            }
        }
    }

    private suspend fun answer(response: HttpServletResponse) = try {
        response.writer.print(session.get("busy?together=20").timeout(10.seconds).text().await())
    } catch (_: ClientException) {
        response.sendError(HttpServletResponse.SC_BAD_GATEWAY)
    } catch (_: AsyncTimeoutException) {
        response.sendError(HttpServletResponse.SC_GATEWAY_TIMEOUT)
    }

    override fun destroy() = scope.cancel()
}

suspend fun main() {
    SampleServer().use { service ->
        ClientSession { baseUrl(service.url("/")).raiseForStatus(true) }.use { session ->
            val container = container(AsyncServlet(session))
            try {
                val answers = gather(List(20) { session.get(container.uri.toString()).text() })
                println("${answers.size} answers: ${answers.toSet()}")
                println("at the service at once: ${service.mostAtOnce()}")
            } finally {
                container.stop()
            }
        }
    }
}

/** Six threads, of which Jetty needs two for itself. */
private fun container(servlet: HttpServlet): Server {
    val container = Server(QueuedThreadPool(6))
    container.addConnector(ServerConnector(container, 1, 1).apply { host = "127.0.0.1" })
    val holder = ServletHolder(servlet).apply { isAsyncSupported = true }
    container.handler = ServletContextHandler().apply { addServlet(holder, "/*") }
    container.start()
    return container
}
