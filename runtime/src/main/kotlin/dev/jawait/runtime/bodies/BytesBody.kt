package dev.jawait.runtime.bodies

import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.WireBody
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.nio.ByteBuffer

/** Bytes in memory. */
internal class BytesBody(val bytes: ByteArray, private val type: String) : Body() {
    private val wire = WireBody.Bytes(bytes)

    override fun contentType(): String = type

    override fun length(): Long = bytes.size.toLong()

    override fun pieces(): Flow<ByteBuffer> = flow {
        for (start in bytes.indices step PIECE) {
            emit(ByteBuffer.wrap(bytes, start, minOf(PIECE, bytes.size - start)))
        }
    }

    override suspend fun toWire(task: TaskImpl<*>): WireBody = wire
}
