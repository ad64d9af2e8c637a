package dev.jawait.kotlin

import dev.jawait.net.Server
import dev.jawait.net.SocketStream
import dev.jawait.net.StreamOptions
import dev.jawait.runtime.streams.Net
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Connects to a server; see [dev.jawait.net.Streams.connect]. */
public suspend fun connect(host: String, port: Int, options: StreamOptions = StreamOptions.DEFAULT): SocketStream =
    Net.connect(host, port, options).await()

/** Listens, and runs [handler] in a task of its own for each client; see [dev.jawait.net.Streams.serve]. */
public suspend fun serve(
    host: String,
    port: Int,
    options: StreamOptions = StreamOptions.DEFAULT,
    handler: suspend (SocketStream) -> Unit,
): Server = Net.serving(host, port, options) { task, stream -> task.withJobSlot { handler(stream) } }.await()

/** The lines that are left to read. */
public fun SocketStream.lines(): Flow<String> = flow {
    while (true) emit(readLine().await() ?: break)
}
