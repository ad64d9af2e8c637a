package dev.jawait.runtime.session

import dev.jawait.AsyncTimeoutException
import dev.jawait.CancelledException
import dev.jawait.Coroutine
import dev.jawait.http.ClientException
import dev.jawait.runtime.tasks.Current
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.awaitIn
import dev.jawait.runtime.tasks.awaitUninterruptibly
import dev.jawait.runtime.tasks.checkMayBlock
import java.io.IOException
import java.io.InputStream
import java.nio.ByteBuffer
import java.util.Objects
import java.util.concurrent.CountDownLatch

/** What is left of a body for code that blocks. */
internal class BodyInputStream(private val body: ReceivedBody, private val response: ResponseImpl) : InputStream() {
    /** Null at the end. */
    private var piece: ByteBuffer? = ByteBuffer.allocate(0)
    private var closed = false

    override fun read(): Int {
        val one = ByteArray(1)
        return if (read(one, 0, 1) < 0) -1 else one[0].toInt() and 0xff
    }

    override fun read(bytes: ByteArray, offset: Int, length: Int): Int {
        Objects.checkFromIndexSize(offset, length, bytes.size)
        if (closed) throw IOException("The stream is closed")
        if (length == 0) return 0
        if (piece?.hasRemaining() == false) piece = next()
        val from = piece ?: return -1
        return minOf(length, from.remaining()).also { from.get(bytes, offset, it) }
    }

    override fun available(): Int = if (closed) 0 else piece?.remaining() ?: 0

    private fun next(): ByteBuffer? = try {
        block(body.read())
    } catch (error: ClientException) {
        throw IOException(error.message, error)
    } catch (error: AsyncTimeoutException) {
        throw IOException(error.message, error)
    }

    private fun <T> block(reading: Coroutine<T>): T {
        val task = Current.task
        if (task != null && task.isOnItsThread) return task.await { reading.awaitIn(task) }
        checkMayBlock("Reading the InputStream of a response")
        return joinOrCancel(reading.start() as TaskImpl<T>)
    }

    /** An interrupt ends the reading, and nothing that came is lost by it. */
    private fun <T> joinOrCancel(reading: TaskImpl<T>): T {
        try {
            return reading.join()
        } catch (interrupted: CancelledException) {
            if (!reading.cancel()) return reading.result()
            val ended = CountDownLatch(1)
            if (reading.listen { ended.countDown() }) ended.awaitUninterruptibly()
            throw interrupted
        }
    }

    override fun close() {
        closed = true
        response.close()
    }
}
