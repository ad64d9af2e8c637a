package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.http.ClientException
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.timeout
import dev.jawait.samples.server.SampleServer
import org.eclipse.jetty.ee11.servlet.ServletContextHandler
import org.eclipse.jetty.ee11.servlet.ServletHolder
import org.eclipse.jetty.server.Server
import org.eclipse.jetty.server.ServerConnector
import org.eclipse.jetty.util.thread.QueuedThreadPool
import org.springframework.http.HttpStatus
import org.springframework.web.bind.annotation.ExceptionHandler
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.ResponseStatus
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext
import org.springframework.web.servlet.DispatcherServlet
import org.springframework.web.servlet.config.annotation.EnableWebMvc
import kotlin.time.Duration.Companion.seconds

/** A controller of Spring MVC with a suspend function, which asks two services and blocks no thread for it. */
@RestController
@EnableWebMvc
internal class PriceController(private val session: ClientSession) {
    @GetMapping("/price")
    suspend fun price(): String = gather(
        listOf("slow?body=tea", "busy?together=20").map { session.get(it).timeout(10.seconds).text() },
        cancelOnFailure = true,
    ).joinToString(" ")

    @ExceptionHandler(ClientException::class, AsyncTimeoutException::class)
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    fun serviceInTrouble() = Unit
}

suspend fun main() {
    SampleServer().use { service ->
        ClientSession { baseUrl(service.url("/")).raiseForStatus(true) }.use { session ->
            val container = container(session)
            try {
                val answers = gather(List(20) { session.get("${container.uri}price").text() })
                println("${answers.size} answers: ${answers.toSet()}")
                println("at the service at once: ${service.mostAtOnce()}")
            } finally {
                container.stop()
            }
        }
    }
}

/** Six threads, of which Jetty needs two for itself. */
private fun container(session: ClientSession): Server {
    val beans = AnnotationConfigWebApplicationContext()
    beans.addBeanFactoryPostProcessor { it.registerSingleton("session", session) }
    beans.register(PriceController::class.java)
    val container = Server(QueuedThreadPool(6))
    container.addConnector(ServerConnector(container, 1, 1).apply { host = "127.0.0.1" })
    val holder = ServletHolder(DispatcherServlet(beans)).apply { isAsyncSupported = true }
    container.handler = ServletContextHandler().apply { addServlet(holder, "/*") }
    container.start()
    return container
}
