package dev.jawait.kotlin

import dev.jawait.Coroutine
import dev.jawait.http.ClientMiddleware
import dev.jawait.http.ClientRequest
import dev.jawait.http.ClientResponse
import dev.jawait.http.ClientSession
import dev.jawait.http.OutgoingRequest
import dev.jawait.http.RequestBody
import dev.jawait.http.ResponseBody
import dev.jawait.runtime.bodies.FlowBody
import dev.jawait.runtime.session.RequestImpl
import dev.jawait.runtime.session.SuspendMiddleware
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.nio.ByteBuffer
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** A session, built by [configure]; close it, or let `use` do it. */
public fun ClientSession(configure: ClientSession.Builder.() -> Unit = {}): ClientSession =
    ClientSession.builder().apply(configure).build()

/** A middleware that suspends: `middleware(clientMiddleware { request, next -> next.send(request).await() })`. */
public fun clientMiddleware(
    body: suspend (request: OutgoingRequest, next: ClientMiddleware.Next) -> ClientResponse,
): ClientMiddleware = SuspendMiddleware(body)

/** Sends it, runs [body] with the response, and closes the response however the body ended. */
public fun <R> ClientRequest.receive(body: suspend (ClientResponse) -> R): Coroutine<R> =
    (this as RequestImpl).receiving { task -> task.withJobSlot { body(this) } }

/** The session's limits, with [total] for the whole. */
public fun ClientRequest.timeout(total: Duration): ClientRequest = timeout(total.toJavaDuration())

/** A GET request whose response [body] receives. */
public fun <R> ClientSession.get(url: String, body: suspend (ClientResponse) -> R): Coroutine<R> =
    get(url).receive(body)

/** A POST request whose response [body] receives. */
public fun <R> ClientSession.post(url: String, body: suspend (ClientResponse) -> R): Coroutine<R> =
    post(url).receive(body)

/** A PUT request whose response [body] receives. */
public fun <R> ClientSession.put(url: String, body: suspend (ClientResponse) -> R): Coroutine<R> =
    put(url).receive(body)

/** A PATCH request whose response [body] receives. */
public fun <R> ClientSession.patch(url: String, body: suspend (ClientResponse) -> R): Coroutine<R> =
    patch(url).receive(body)

/** A DELETE request whose response [body] receives. */
public fun <R> ClientSession.delete(url: String, body: suspend (ClientResponse) -> R): Coroutine<R> =
    delete(url).receive(body)

/** A HEAD request whose response [body] receives. */
public fun <R> ClientSession.head(url: String, body: suspend (ClientResponse) -> R): Coroutine<R> =
    head(url).receive(body)

/** An OPTIONS request whose response [body] receives. */
public fun <R> ClientSession.options(url: String, body: suspend (ClientResponse) -> R): Coroutine<R> =
    options(url).receive(body)

/** The status code. */
public val ClientResponse.status: Int get() = status()

/** Sends it and reads the body as JSON. */
public inline fun <reified R> ClientRequest.json(): Coroutine<R> = json(R::class.java)

/** The whole body as JSON; a null where [R] has none, as that of an empty body, is a [NullPointerException]. */
public suspend inline fun <reified R> ClientResponse.json(): R {
    val value: Any? = json(R::class.java).await()
    return value as R
}

/**
 * What the flow emits as the body of a request: collected anew each time it is sent, a piece at a time as the server takes
 * it. In chunks, unless [RequestBody.withLength] tells its length.
 */
public fun Flow<ByteBuffer>.asRequestBody(contentType: String = "application/octet-stream"): RequestBody =
    FlowBody(this).withContentType(contentType)

/** The body as it comes; collected once. What is not collected is not received. */
public fun ResponseBody.asFlow(): Flow<ByteBuffer> = flow {
    while (true) emit(read().await() ?: break)
}
