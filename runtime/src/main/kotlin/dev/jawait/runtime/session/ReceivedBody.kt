package dev.jawait.runtime.session

import dev.jawait.AsyncIterable
import dev.jawait.Coroutine
import dev.jawait.http.ProgressListener
import dev.jawait.http.ResponseBody
import dev.jawait.runtime.streams.Take
import dev.jawait.runtime.tasks.Acquiring
import dev.jawait.runtime.tasks.AsyncItems
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.PublishedItems
import dev.jawait.runtime.tasks.TaskImpl
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.file.CopyOption
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.concurrent.Flow

/** The ways to read the body of [response]. What nobody got, since its task was cancelled as it ended, is put back. */
internal class ReceivedBody(private val response: ResponseImpl, private val reader: BodyReader) : ResponseBody {
    /** As it came, for who was cancelled as it got the line. */
    @Volatile
    private var lastLine = ByteArray(0)

    override fun read(): Coroutine<ByteBuffer?> = Acquiring("body.read", ::piece, ::putBack)

    /** The pieces that come belong to the transport's memory; the user gets memory of his own. */
    private suspend fun piece(task: TaskImpl<*>): ByteBuffer? = reader.alone {
        reader.next(task)?.let { ByteBuffer.wrap(bytesOf(it)) }
    }

    private fun putBack(piece: ByteBuffer?) {
        if (piece != null) reader.putBack(piece.array())
    }

    override fun readUpTo(max: Int): Coroutine<ByteArray?> {
        require(max > 0) { "readUpTo($max): at least one byte must be asked for" }
        return Acquiring("body.readUpTo", { task -> reader.read(task, Take.upTo(max)).takeIf { it.isNotEmpty() } }) {
            if (it != null) reader.putBack(it)
        }
    }

    override fun readExactly(count: Int): Coroutine<ByteArray> {
        require(count >= 0) { "readExactly($count): there is no such number of bytes" }
        return Acquiring("body.readExactly", { task -> reader.read(task, Take.exactly(count)) }, reader::putBack)
    }

    override fun readLine(maxBytes: Int): Coroutine<String?> {
        checkLine(maxBytes)
        return Acquiring("body.readLine", { task -> line(task, maxBytes) }) { putLineBack() }
    }

    private suspend fun line(task: TaskImpl<*>, maxBytes: Int): String? {
        val charset = response.charset()
        check(charset.canEncode() && "\n".toByteArray(charset).size == 1) {
            "The body is in $charset, in which lines do not end with one byte: read it with text()"
        }
        lastLine = reader.read(task, Take.line(maxBytes))
        return if (lastLine.isEmpty()) null else Take.textOfLine(lastLine, charset)
    }

    private fun putLineBack(): Unit = reader.putBack(lastLine)

    private fun checkLine(maxBytes: Int) =
        require(maxBytes > 0) { "A line of $maxBytes bytes at most: there is no such line" }

    override fun lines(maxBytes: Int): AsyncIterable<String> {
        checkLine(maxBytes)
        return Items("body.lines", { task -> line(task, maxBytes) }) { putLineBack() }
    }

    override fun chunks(): AsyncIterable<ByteBuffer> = Items("body.chunks", ::piece, ::putBack)

    override fun saveTo(file: Path, vararg options: CopyOption): Coroutine<Long> {
        val other = options.firstOrNull { it != StandardCopyOption.REPLACE_EXISTING }
        if (other != null) throw UnsupportedOperationException("saveTo knows REPLACE_EXISTING alone, not $other")
        return NativeBody("body.saveTo") { task -> reader.saveTo(task, file, replace = options.isNotEmpty()) }
    }

    override fun toInputStream(): InputStream = BodyInputStream(this, response)

    override fun onProgress(listener: ProgressListener): ResponseBody = apply { response.onProgress(listener) }

    override fun discard(): Coroutine<Long> = NativeBody("body.discard", response::discard)

    private inner class Items<T : Any>(
        name: String,
        private val take: suspend (TaskImpl<*>) -> T?,
        private val putBack: (T) -> Unit,
    ) : AsyncItems<T>(name) {
        override suspend fun nextIn(task: TaskImpl<*>): T? = take(task)

        override fun next(): Coroutine<T?> = Acquiring("$name.next", ::takeIn) { if (it != null) putBack(it) }

        override fun subscribe(subscriber: Flow.Subscriber<in T>): Unit = Subscription(this, subscriber).begin()
    }

    /** Nobody else is there to close the response when it ends before the body does. */
    private inner class Subscription<T : Any>(items: AsyncItems<T>, subscriber: Flow.Subscriber<in T>) :
        PublishedItems<T>(items, subscriber) {
        override suspend fun produce(task: TaskImpl<*>) {
            try {
                super.produce(task)
            } catch (error: Throwable) {
                response.close()
                throw error
            }
        }

        override fun cancel() {
            super.cancel()
            response.close()
        }
    }
}
