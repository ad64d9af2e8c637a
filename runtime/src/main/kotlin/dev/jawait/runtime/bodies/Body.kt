package dev.jawait.runtime.bodies

import dev.jawait.http.ProgressListener
import dev.jawait.http.RequestBody
import dev.jawait.runtime.tasks.PublishedFlow
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.onThread
import dev.jawait.runtime.transport.WireBody
import kotlinx.coroutines.flow.Flow
import java.nio.ByteBuffer
import java.util.concurrent.Flow.Publisher

/** What every body is: pieces, produced as they are sent. */
internal abstract class Body : RequestBody {
    /** Cold; collected anew each time the body is sent. */
    abstract fun pieces(): Flow<ByteBuffer>

    override fun contentEncoding(): String? = null

    override fun isReplayable(): Boolean = true

    /** Whether it was sent and cannot be sent again. */
    open val isSpent: Boolean get() = false

    /** For one more time that it is sent. Its length may have to be asked from the file system. */
    open suspend fun toWire(task: TaskImpl<*>): WireBody = stream(task.onThread(::length), task.runner)

    protected fun stream(length: Long, runner: RunnerImpl): WireBody.Stream =
        WireBody.Stream(length, isReplayable, pieces().publishedIn(runner))

    /** The request has failed: it will not be sent, or no further. */
    open fun abandon() {}

    override fun withContentType(contentType: String): RequestBody = Described(this, contentType)

    override fun withLength(bytes: Long): RequestBody {
        require(bytes >= 0) { "The length of a body is negative: $bytes" }
        return Described(this, length = bytes)
    }

    override fun compressed(coding: String): RequestBody = CompressedBody(this, coding)

    override fun onProgress(listener: ProgressListener): RequestBody = ProgressBody(this, listener)

    override fun toString(): String = "RequestBody[${contentType()}]"

    companion object {
        /** How much is produced at a time. */
        const val PIECE = 64 * 1024

        fun of(body: RequestBody): Body = body as? Body ?: throw IllegalArgumentException(
            "Bodies are made by Jawait, their interface is not for implementing: ${body.javaClass.name}; " +
                "use RequestBody.publisher(…)",
        )
    }
}

/** To subscribers that never block. */
internal fun Flow<ByteBuffer>.publishedIn(runner: RunnerImpl): Publisher<ByteBuffer> =
    Publisher { subscriber -> PublishedFlow(this, subscriber, blocks = false).begin(runner) }

/** [body], described otherwise. */
private class Described(
    private val body: Body,
    private val type: String = body.contentType(),
    private val length: Long? = null,
) : Body() {
    override fun contentType(): String = type

    override fun contentEncoding(): String? = body.contentEncoding()

    override fun length(): Long = length ?: body.length()

    override fun isReplayable(): Boolean = body.isReplayable

    override val isSpent: Boolean get() = body.isSpent

    override fun pieces(): Flow<ByteBuffer> = body.pieces()

    override suspend fun toWire(task: TaskImpl<*>): WireBody =
        if (length == null) body.toWire(task) else stream(length, task.runner)

    override fun abandon(): Unit = body.abandon()
}
