package dev.jawait.runtime.session

import dev.jawait.http.ClientConnectionException
import dev.jawait.http.ClientException
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf

/** Where the pieces of a body come from. */
internal interface BodySource {
    /** The next piece, to be released by the caller, or null at the end. One reader at a time. */
    suspend fun read(task: TaskImpl<*>): ByteBuf?

    /** Nobody reads on. */
    fun close() {}
}

/** What a reader of a body gets that nobody can read any more. */
internal fun closedUnread(): ClientException = ClientConnectionException(
    "The response was closed before its body was read: read it inside of use, or before close()",
    null,
)
