package dev.jawait.runtime.session

import dev.jawait.http.ClientConnectionException
import dev.jawait.http.ClientException
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf
import java.io.ByteArrayOutputStream

/** Where the pieces of a body come from. */
internal interface BodySource {
    /** The next piece, to be released by the caller, or null at the end. One reader at a time. */
    suspend fun read(task: TaskImpl<*>): ByteBuf?

    /** Nobody reads on. */
    fun close() {}
}

/** What is in [piece], which is released. */
internal fun bytesOf(piece: ByteBuf): ByteArray = try {
    ByteArray(piece.readableBytes()).also(piece::readBytes)
} finally {
    piece.release()
}

/** All pieces that [next] gives up to the null at the end, as one; [expected] bytes perhaps, negative if that is unknown. */
internal inline fun allOf(expected: Int, next: () -> ByteBuf?): ByteArray {
    val first = next() ?: return ByteArray(0)
    val bytes = Gathered(maxOf(first.readableBytes(), expected))
    var piece: ByteBuf? = first
    while (piece != null) {
        bytes.take(piece)
        piece = next()
    }
    return bytes.all()
}

internal class Gathered(size: Int) : ByteArrayOutputStream(size) {
    /** Into the array itself where there is room: as a stream, it would be copied twice. */
    fun take(piece: ByteBuf) {
        val length = piece.readableBytes()
        if (length <= buf.size - count) {
            piece.readBytes(buf, count, length)
            count += length
        } else {
            piece.readBytes(this, length)
        }
        piece.release()
    }

    /** Without a copy if there are as many as was expected. */
    fun all(): ByteArray = if (count == buf.size) buf else toByteArray()
}

/** What a reader of a body gets that nobody can read any more. */
internal fun closedUnread(): ClientException = ClientConnectionException(
    "The response was closed before its body was read: read it inside of use, or before close()",
    null,
)
