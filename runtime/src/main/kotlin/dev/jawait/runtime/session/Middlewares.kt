package dev.jawait.runtime.session

import dev.jawait.http.ClientMiddleware
import dev.jawait.http.ClientResponse
import dev.jawait.http.Headers
import dev.jawait.http.OutgoingRequest
import dev.jawait.runtime.bodies.Body
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl

/** A middleware of Kotlin's, which suspends. */
internal class SuspendMiddleware(val body: suspend (OutgoingRequest, ClientMiddleware.Next) -> ClientResponse) :
    ClientMiddleware {
    override fun handle(request: OutgoingRequest, next: ClientMiddleware.Next): ClientResponse =
        throw UnsupportedOperationException("It suspends: a session runs it")
}

/** One request on its way through [middlewares], the first of them outermost, to [sending]. */
internal class Middlewares(
    private val middlewares: List<ClientMiddleware>,
    private val sending: Sending,
    private val task: TaskImpl<*>,
) {
    suspend fun send(hop: Hop): ResponseImpl {
        val headers = Headers.of(hop.headers.entries())
        val request = OutgoingRequest(hop.method, sending.info.url(), headers, hop.body, sending.info)
        return Layer(hop, 0, task).handle(request)
    }

    /** [task] need not be the request's own: a middleware may send in several at once. */
    private inner class Layer(private val hop: Hop, private val index: Int, private val task: TaskImpl<*>) {
        // Guarded by the list.
        private val received = ArrayList<ResponseImpl>(1)
        private var isOver = false

        suspend fun handle(request: OutgoingRequest): ResponseImpl {
            if (index == middlewares.size) return sending.within(task).send(changed(request))
            val response =
                try {
                    call(middlewares[index], request)
                } catch (error: Throwable) {
                    closeAllBut(null)
                    throw error
                }
            closeAllBut(response)
            return response as? ResponseImpl ?: throw IllegalStateException(
                "A middleware returns a response of a session's, not: $response",
            )
        }

        private suspend fun call(middleware: ClientMiddleware, request: OutgoingRequest): ClientResponse? =
            if (middleware is SuspendMiddleware) {
                task.withJobSlot { middleware.body(request, ::next) }
            } else {
                task.callBody { middleware.handle(request, ::next) }
            }

        private fun next(request: OutgoingRequest) = NativeBody<ClientResponse>("middleware.next") { task ->
            Layer(hop, index + 1, task).handle(request).also(::keep)
        }

        /** To close it if nobody else does; at once if the middleware has gone. */
        private fun keep(response: ResponseImpl) {
            val late = synchronized(received) { isOver.also { if (!it) received.add(response) } }
            if (late) response.close()
        }

        private fun closeAllBut(response: ClientResponse?): Unit = synchronized(received) {
            isOver = true
            received.filter { it !== response }.forEach(ResponseImpl::close)
        }

        private fun changed(request: OutgoingRequest): Hop {
            require(request.url() == sending.info.url()) {
                "A middleware cannot send to another URL than ${sending.info.url()}; it may send a request of its own there"
            }
            return hop.copy(
                method = request.method(),
                headers = Fields.of(request.headers()),
                body = request.body()?.let(Body::of),
            )
        }
    }
}
