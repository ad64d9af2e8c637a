package dev.jawait.runtime.session

import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf

/** Where the pieces of a body come from. */
internal interface BodySource {
    /** The next piece, to be released by the caller, or null at the end. One reader at a time. */
    suspend fun read(task: TaskImpl<*>): ByteBuf?

    /** Nobody reads on. */
    fun close() {}
}
