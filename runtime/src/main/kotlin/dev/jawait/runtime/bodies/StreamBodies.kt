package dev.jawait.runtime.bodies

import dev.jawait.http.ClientPayloadException
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.inTask
import dev.jawait.runtime.tasks.onThread
import dev.jawait.runtime.transport.WireBody
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.io.IOException
import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicBoolean

/** A body whose length shows when it has been sent. */
internal abstract class UnknownLength : Body() {
    override fun contentType(): String = "application/octet-stream"

    override fun length(): Long = -1

    override suspend fun toWire(task: TaskImpl<*>): WireBody = stream(-1, task.runner)
}

/** Pieces that can be had anew each time. */
internal class FlowBody(private val pieces: Flow<ByteBuffer>) : UnknownLength() {
    override fun pieces(): Flow<ByteBuffer> = pieces
}

/** Pieces that can be had once; [dispose] lets go of what they come from. */
internal class OnceBody(private val pieces: Flow<ByteBuffer>, private val dispose: () -> Unit) : UnknownLength() {
    private val taken = AtomicBoolean()

    override fun isReplayable(): Boolean = false

    override val isSpent: Boolean get() = taken.get()

    override suspend fun toWire(task: TaskImpl<*>): WireBody {
        if (isSpent) throw ClientPayloadException("The body can be sent once, and has been sent already", null)
        return super.toWire(task)
    }

    override fun pieces(): Flow<ByteBuffer> = flow {
        if (taken.getAndSet(true)) throw IOException("it can be sent once, and has been sent already")
        try {
            pieces.collect(this)
        } finally {
            dispose()
        }
    }

    override fun abandon() {
        if (!taken.getAndSet(true)) dispose()
    }
}

/** What is iterated over, on threads that may block. */
internal fun piecesOf(chunks: Iterable<ByteBuffer>): Flow<ByteBuffer> = flow {
    val iterator = onThread(chunks::iterator)
    while (true) emit(onThread { if (iterator.hasNext()) iterator.next().slice() else null } ?: break)
}

/** Runs [code] on a thread that may block. */
internal suspend fun <T> onThread(code: () -> T): T = inTask { task -> task.onThread(code) }
