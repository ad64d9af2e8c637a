package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.Proxy
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.StagePromise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.Origin
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import kotlin.io.path.Path

/**
 * What the environment says of proxies and credentials.
 *
 * @param variable the value of an environment variable
 * @throws IllegalArgumentException if a proxy is none
 */
internal class Environment(private val variable: (String) -> String?, private val home: Path) {
    private val all = proxy("all_proxy", "ALL_PROXY")
    private val https = proxy("https_proxy", "HTTPS_PROXY") ?: all

    // A CGI program has the header "Proxy:" of a client's request there.
    private val http =
        (if (said("REQUEST_METHOD") == null) proxy("http_proxy", "HTTP_PROXY") else proxy("http_proxy")) ?: all
    private val secureWebSocket = proxy("wss_proxy", "WSS_PROXY") ?: https
    private val webSocket = proxy("ws_proxy", "WS_PROXY") ?: http
    private val noProxy = NoProxy(said("no_proxy", "NO_PROXY").orEmpty())

    private val netrc: CompletableFuture<Netrc> by lazy {
        CompletableFuture.supplyAsync(::readNetrc, RunnerImpl.shared.threads)
    }

    private fun said(vararg names: String): String? = names.firstNotNullOfOrNull { variable(it)?.ifBlank { null } }

    private fun proxy(vararg names: String): Proxy? {
        val name = names.firstOrNull { said(it) != null } ?: return null
        val url = said(name).orEmpty()
        return try {
            Proxy.of(if ("://" in url) url else "http://$url")
        } catch (invalid: IllegalArgumentException) {
            throw IllegalArgumentException("The environment variable $name: ${invalid.message}", invalid)
        }
    }

    /** By which proxy a request to [origin] goes; null: by none. */
    fun proxyFor(origin: Origin, opensWebSocket: Boolean = false): Proxy? {
        val proxy = when {
            opensWebSocket -> if (origin.tls()) secureWebSocket else webSocket
            else -> if (origin.tls()) https else http
        }
        return if (proxy == null || noProxy.matches(origin)) null else proxy
    }

    private fun readNetrc(): Netrc =
        said("NETRC")?.let { Netrc.read(Path(it), true) } ?: Netrc.read(home.resolve(".netrc"), false)

    /** What a request shows to [origin], or null. */
    suspend fun auth(task: TaskImpl<*>, origin: Origin): Auth? {
        // A copy: whoever waits may be cancelled, and others wait as well.
        val file = if (netrc.isDone) netrc.join() else task.awaitPromise(StagePromise(netrc.copy()))
        return file.auth(origin.host())
    }

    companion object {
        /** That of this process. */
        fun ofProcess(): Environment = Environment(System::getenv, Path(System.getProperty("user.home")))
    }
}
