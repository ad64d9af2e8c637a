package dev.jawait.runtime.session

import dev.jawait.http.ClientResponse
import dev.jawait.http.RequestInfo
import dev.jawait.http.TooManyRedirectsException
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.Limits

/**
 * The way of one request, from the outside in: its hops, the [Attempts] of each hop, the [Middlewares] of each attempt, and
 * [Sending] it.
 */
internal class RequestFlow(private val request: RequestImpl, private val task: TaskImpl<*>) {
    // Many may wait for a connection, each with all of this: as little as there can be.
    private val session get() = request.session
    private val options get() = request.options
    private val settings get() = session.settings
    private val retry get() = options.retry ?: settings.retry
    private val limits = Limits(System.nanoTime(), options.timeout ?: settings.timeout)
    private var history = emptyList<ClientResponse>()

    suspend fun run(): ResponseImpl = try {
        session.running { follow() }.also { if (options.expectContinue) options.body?.abandon() }
    } catch (error: Throwable) {
        options.body?.abandon()
        throw error
    }

    private suspend inline fun follow(): ResponseImpl {
        val first = FirstHop(request).make(task)
        var hop = first
        while (true) {
            val response = attempt(hop)
            hop = redirect(hop, response) ?: return checked(response)
            history = history + response
            if (history.size == options.maxRedirects) throw tooManyRedirects(first, response)
            response.discardSmall(task)
        }
    }

    private suspend fun attempt(hop: Hop): ResponseImpl {
        if (retry.attempts() == 1 || hop.method !in retry.methods()) return send(hop, info(hop))
        return Attempts(retry, session.retryBudget, limits, settings.listener, task).of(hop, info(hop)) {
            send(hop, it)
        }
    }

    private fun info(hop: Hop) = RequestInfo(hop.method, Urls.public(hop.uri), history.size, 1, options.tag)

    private suspend fun send(hop: Hop, info: RequestInfo): ResponseImpl {
        val sending = Sending(session, options, limits, info, history, task)
        val middlewares = options.middlewares ?: settings.middlewares
        return if (middlewares.isEmpty()) sending.send(hop) else Middlewares(middlewares, sending, task).send(hop)
    }

    /** Where [response] leads, if it is to be followed. */
    private fun redirect(hop: Hop, response: ResponseImpl): Hop? {
        if (!(options.allowRedirects ?: (request.method != "HEAD"))) return null
        return response.closedOnError {
            Redirect.next(hop, status(), headers().get("location"), options.allowDowngrade)
        }
    }

    private fun tooManyRedirects(first: Hop, last: ResponseImpl): TooManyRedirectsException {
        last.close()
        return TooManyRedirectsException(last.status(), first.method, Urls.public(first.uri), last.headers(), history)
    }

    private fun checked(response: ResponseImpl): ResponseImpl {
        if (!(options.raiseForStatus ?: settings.raiseForStatus)) return response
        return response.closedOnError { apply(ResponseImpl::raiseForStatus) }
    }
}
