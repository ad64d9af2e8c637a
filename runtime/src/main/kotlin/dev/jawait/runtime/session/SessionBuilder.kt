package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.ClientListener
import dev.jawait.http.ClientMiddleware
import dev.jawait.http.ClientSession
import dev.jawait.http.ClientTimeout
import dev.jawait.http.Connector
import dev.jawait.http.CookieJar
import dev.jawait.http.HttpEngine
import dev.jawait.http.Proxy
import dev.jawait.http.RetryPolicy
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.TransportConfig
import java.net.URI

/** Gathers the settings of a session. */
internal class SessionBuilder : ClientSession.Builder {
    private var timeout = ClientTimeout.DEFAULT
    private var connector: Connector? = null
    private var engine: HttpEngine? = null
    private var cookieJar: CookieJar? = null
    private val headers = ArrayList<Pair<String, String>>()
    private var raiseForStatus = false
    private var body = BodyLimits()
    private var listener: ClientListener? = null
    private var baseUrl: URI? = null
    private var auth: Auth? = null
    private val originAuth = HashMap<Origin, Auth>()
    private val secretHeaders = HashSet<String>()
    private val skippedHeaders = HashSet<String>()
    private var deadlineHeader: String? = null
    private var retry = RetryPolicy.NONE
    private val middlewares = ArrayList<ClientMiddleware>()
    private var proxy: Proxy? = null
    private var environment: Environment? = null

    override fun baseUrl(url: String): ClientSession.Builder {
        val uri = Urls.setting(url, "Not a base URL")
        require(uri.rawPath.orEmpty().endsWith("/") && uri.rawQuery == null && uri.rawFragment == null) {
            "The path of a base URL ends with a slash, and nothing follows: ${Urls.public(uri)}"
        }
        require(Urls.auth(uri) == null) { "There is a user in the base URL; use auth(…): ${Urls.public(uri)}" }
        return apply { baseUrl = uri }
    }

    override fun auth(auth: Auth): ClientSession.Builder = apply { this.auth = auth }

    override fun auth(origin: String, auth: Auth): ClientSession.Builder =
        apply { originAuth[Urls.origin(Urls.setting(origin, "Not a URL of an origin"))] = auth }

    override fun secretHeader(name: String, value: String): ClientSession.Builder = header(name, value)
        .also { secretHeaders.add(name) }

    override fun skipAutoHeaders(vararg names: String): ClientSession.Builder = apply { skippedHeaders.addAll(names) }

    override fun deadlineHeader(name: String): ClientSession.Builder {
        require(Methods.isToken(name)) { "Not the name of a header: ${Printable.of(name)}" }
        return apply { deadlineHeader = name }
    }

    override fun retry(policy: RetryPolicy): ClientSession.Builder = apply { retry = policy }

    override fun middleware(middleware: ClientMiddleware): ClientSession.Builder = apply { middlewares.add(middleware) }

    override fun timeout(timeout: ClientTimeout): ClientSession.Builder = apply { this.timeout = timeout }

    override fun connector(connector: Connector): ClientSession.Builder = apply { this.connector = connector }

    override fun cookieJar(cookieJar: CookieJar): ClientSession.Builder = apply { this.cookieJar = cookieJar }

    override fun header(name: String, value: String): ClientSession.Builder = apply { headers.add(name to value) }

    override fun raiseForStatus(raise: Boolean): ClientSession.Builder = apply { raiseForStatus = raise }

    override fun autoDecompress(decompress: Boolean): ClientSession.Builder =
        apply { body = body.copy(decompress = decompress) }

    override fun maxBodyBytes(max: Long): ClientSession.Builder =
        apply { body = body.copy(maxBytes = checkedMaxBody(max)) }

    override fun maxDecompressionRatio(max: Int): ClientSession.Builder {
        require(max >= 0) { "The limit of the decompression ratio is negative: $max; 0 stands for no limit" }
        return apply { body = body.copy(maxRatio = max) }
    }

    override fun listener(listener: ClientListener): ClientSession.Builder = apply { this.listener = listener }

    override fun proxy(proxy: Proxy): ClientSession.Builder = apply { this.proxy = proxy }

    override fun trustEnv(trust: Boolean): ClientSession.Builder =
        apply { environment = if (trust) Environment.ofProcess() else null }

    /** [trustEnv] with an environment of one's own. */
    fun environment(environment: Environment): SessionBuilder = apply { this.environment = environment }

    override fun engine(engine: HttpEngine): ClientSession.Builder = apply { this.engine = engine }

    override fun build(): ClientSession {
        require(connector == null || engine == null) { "A session has a connector or an engine, not both" }
        val given = connector?.let {
            it as? Sender ?: throw IllegalArgumentException("Not a connector of Jawait's: $it")
        }
        return SessionImpl(
            SessionSettings(
                sender = given ?: open(),
                ownsSender = given == null,
                cookieJar = cookieJar ?: MemoryCookieJar(),
                headers = headers.toList(),
                timeout = timeout,
                raiseForStatus = raiseForStatus,
                body = body,
                listener = listener,
                baseUrl = baseUrl,
                auth = auth,
                originAuth = originAuth.toMap(),
                secretHeaders = secretHeaders.toSet(),
                skippedHeaders = skippedHeaders.toSet(),
                deadlineHeader = deadlineHeader,
                retry = retry,
                middlewares = middlewares.toList(),
                proxy = proxy,
                environment = environment,
            ),
        )
    }

    private fun open(): Sender = when (val engine = engine) {
        null -> PooledConnector(TransportConfig.DEFAULT)
        is SenderEngine -> engine.open()
        else -> throw IllegalArgumentException("Not an engine of Jawait's: $engine; see KtorEngines.of(…)")
    }
}
