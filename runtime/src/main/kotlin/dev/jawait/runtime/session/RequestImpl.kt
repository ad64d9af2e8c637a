package dev.jawait.runtime.session

import dev.jawait.AsyncFunction
import dev.jawait.Coroutine
import dev.jawait.http.Auth
import dev.jawait.http.ClientException
import dev.jawait.http.ClientMiddleware
import dev.jawait.http.ClientRequest
import dev.jawait.http.ClientResponse
import dev.jawait.http.ClientTimeout
import dev.jawait.http.Proxy
import dev.jawait.http.RequestBody
import dev.jawait.http.RetryPolicy
import dev.jawait.http.TlsSettings
import dev.jawait.runtime.bodies.Body
import dev.jawait.runtime.tasks.Debug
import dev.jawait.runtime.tasks.Recipe
import dev.jawait.runtime.tasks.TaskImpl
import java.time.Duration

/** A request: a recipe that each await or start sends anew. */
internal class RequestImpl(
    val session: SessionImpl,
    val method: String,
    val url: String,
    val options: RequestOptions,
) : Recipe<ClientResponse>(),
    ClientRequest {
    /** Where it was made, in debug mode. */
    private val site = Debug.site()

    override fun name(): String = "$method ${shownUrl()}"

    /** Without a query or user info, which may be secrets. */
    private fun shownUrl() = try {
        Urls.public(session.resolve(url)).toString().substringBefore('?')
    } catch (_: ClientException) {
        "(invalid URL)"
    }

    /** The response goes to somebody who may forget it. */
    override suspend fun runIn(task: TaskImpl<*>): ResponseImpl = send(task).also { it.watch(site) }

    private suspend fun send(task: TaskImpl<*>): ResponseImpl = RequestFlow(this, task).run()

    /** Nobody will read its body. */
    override fun takeBack(value: ClientResponse): Unit = (value as ResponseImpl).abort()

    private fun with(options: RequestOptions): RequestImpl {
        used()
        return RequestImpl(session, method, url, options)
    }

    override fun header(name: String, value: String): ClientRequest =
        with(options.copy(headers = options.headers + (name to value)))

    override fun secretHeader(name: String, value: String): ClientRequest =
        with(options.copy(headers = options.headers + (name to value), secretHeaders = options.secretHeaders + name))

    override fun skipAutoHeaders(vararg names: String): ClientRequest =
        with(options.copy(skippedHeaders = options.skippedHeaders + names))

    override fun auth(auth: Auth): ClientRequest = with(options.copy(auth = auth))

    override fun retry(policy: RetryPolicy): ClientRequest = with(options.copy(retry = policy))

    override fun middlewares(vararg middlewares: ClientMiddleware): ClientRequest =
        with(options.copy(middlewares = middlewares.toList()))

    override fun allowDowngrade(allow: Boolean): ClientRequest = with(options.copy(allowDowngrade = allow))

    override fun param(name: String, value: String): ClientRequest =
        with(options.copy(params = options.params + (name to value)))

    override fun cookie(name: String, value: String): ClientRequest {
        CookieRules.check(name, value)
        return with(options.copy(cookies = options.cookies + (name to value)))
    }

    override fun timeout(timeout: ClientTimeout): ClientRequest = with(options.copy(timeout = timeout))

    override fun timeout(total: Duration): ClientRequest =
        timeout((options.timeout ?: session.settings.timeout).toBuilder().total(total).build())

    override fun body(body: RequestBody): ClientRequest = with(options.copy(body = Body.of(body)))

    override fun allowRedirects(allow: Boolean): ClientRequest = with(options.copy(allowRedirects = allow))

    override fun maxRedirects(max: Int): ClientRequest {
        require(max >= 0) { "The limit of redirects is negative: $max; 0 stands for no limit" }
        return with(options.copy(maxRedirects = max))
    }

    override fun raiseForStatus(raise: Boolean): ClientRequest = with(options.copy(raiseForStatus = raise))

    override fun autoDecompress(decompress: Boolean): ClientRequest = with(options.copy(autoDecompress = decompress))

    override fun maxBodyBytes(max: Long): ClientRequest = with(options.copy(maxBodyBytes = checkedMaxBody(max)))

    override fun expectContinue(expect: Boolean): ClientRequest = with(options.copy(expectContinue = expect))

    override fun proxy(proxy: Proxy): ClientRequest = with(options.copy(proxy = proxy))

    override fun tls(settings: TlsSettings): ClientRequest = with(options.copy(tls = settings.toContext()))

    override fun tag(tag: Any?): ClientRequest = with(options.copy(tag = tag))

    override fun <R> use(body: AsyncFunction<in ClientResponse, out R>): Coroutine<R> =
        receiving { task -> task.callBody { body.apply(this) } }

    override fun text(): Coroutine<String> = receivingAll(ResponseImpl::text)

    override fun bytes(): Coroutine<ByteArray> = receivingAll(ResponseImpl::bytes)

    override fun <R> json(type: Class<R>): Coroutine<R> = receivingAll { task -> json(task, type) }

    /** Sends it, lets [body] have the response, and closes the response. */
    fun <R> receiving(body: suspend ResponseImpl.(TaskImpl<*>) -> R): Coroutine<R> {
        used()
        return Receiving(this, body)
    }

    /** As [receiving], for a [body] of ours. */
    private fun <R> receivingAll(body: suspend ResponseImpl.(TaskImpl<*>) -> R): Coroutine<R> {
        used()
        return ReceivingAll(this, body)
    }

    private class ReceivingAll<R>(request: RequestImpl, body: suspend ResponseImpl.(TaskImpl<*>) -> R) :
        Receiving<R>(request, body) {
        override val isPlain
            get() = (request.options.middlewares ?: request.session.settings.middlewares).isEmpty()
    }

    // Not an inner class: many may wait, and what extends one refers to the request twice.
    private open class Receiving<R>(
        protected val request: RequestImpl,
        private val body: suspend ResponseImpl.(TaskImpl<*>) -> R,
    ) : Recipe<R>(request.method) {
        override suspend fun runIn(task: TaskImpl<*>): R {
            val response = request.send(task)
            try {
                return response.body(task).also { response.close() }
            } catch (error: Throwable) {
                response.abort()
                throw error
            }
        }
    }
}
