package dev.jawait.kotlin

import dev.jawait.Coroutine
import dev.jawait.http.ClientSession
import dev.jawait.http.WebSocket
import dev.jawait.http.WebSocketRequest
import dev.jawait.http.WsMessage
import dev.jawait.runtime.session.WebSocketRequestImpl
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Opens it, runs [body] with it, and closes it however the body ended; see [WebSocketRequest.use]. */
public fun <R> WebSocketRequest.connect(body: suspend (WebSocket) -> R): Coroutine<R> =
    (this as WebSocketRequestImpl).using { task, webSocket -> task.withJobSlot { body(webSocket) } }

/** A WebSocket to [url], with the defaults, which [body] gets. */
public fun <R> ClientSession.webSocket(url: String, body: suspend (WebSocket) -> R): Coroutine<R> =
    webSocket(url).connect(body)

/** Sends a text; see [WebSocket.sendText]. */
public suspend fun WebSocket.send(text: String) {
    sendText(text).await()
}

/** Sends bytes; see [WebSocket.sendBytes]. */
public suspend fun WebSocket.send(data: ByteArray) {
    sendBytes(data).await()
}

/** The next message, which is a text, as JSON; a null where [R] has none is a [NullPointerException]. */
public suspend inline fun <reified R> WebSocket.receiveJson(): R {
    val value: Any? = receiveJson(R::class.java).await()
    return value as R
}

/** The messages as they come, up to the end of the connection; see [WebSocket.messages]. What is not collected is not received. */
public fun WebSocket.asFlow(): Flow<WsMessage> = flow {
    val messages = messages()
    while (true) emit(messages.next().await() ?: break)
}
