package dev.jawait.kotlin

import dev.jawait.net.Server
import dev.jawait.net.SocketListener
import dev.jawait.net.SocketStream
import dev.jawait.net.StreamOptions
import dev.jawait.runtime.streams.Net
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Connects to a server; see [dev.jawait.net.Streams.connect]. */
public suspend fun connect(host: String, port: Int, options: StreamOptions = StreamOptions.DEFAULT): SocketStream =
    Net.connect(host, port, options).await()

/** Listens for clients, to accept them one by one; see [dev.jawait.net.Streams.listen]. */
public suspend fun listen(host: String, port: Int, options: StreamOptions = StreamOptions.DEFAULT): SocketListener =
    Net.listen(host, port, options).await()

/** Listens, and runs [handler] for each client in a task of its own; see [dev.jawait.net.Streams.serve]. */
public suspend fun serve(
    host: String,
    port: Int,
    options: StreamOptions = StreamOptions.DEFAULT,
    handler: suspend (SocketStream) -> Unit,
): Server = Net.serving(host, port, options) { task, stream -> task.withJobSlot { handler(stream) } }.await()

/** The port it listens at. */
public val SocketListener.port: Int get() = port()

/** The port it listens at. */
public val Server.port: Int get() = port()

/** Writes [text] in UTF-8 and waits until little of what was written is left to be sent. */
public suspend fun SocketStream.send(text: String) {
    write(text)
    drain().await()
}

/** Writes [data] and waits until little of what was written is left to be sent. */
public suspend fun SocketStream.send(data: ByteArray) {
    write(data)
    drain().await()
}

/** The lines that are left to read, as [SocketStream.readLine] has them. What is not collected is not received. */
public fun SocketStream.lines(): Flow<String> = flow {
    while (true) emit(readLine().await() ?: break)
}
