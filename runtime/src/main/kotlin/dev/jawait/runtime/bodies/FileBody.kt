package dev.jawait.runtime.bodies

import dev.jawait.http.ClientPayloadException
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.onThread
import dev.jawait.runtime.transport.WireBody
import kotlinx.coroutines.flow.Flow
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.file.Files
import java.nio.file.Path

/** A file. */
internal class FileBody(private val file: Path, private val type: String) : Body() {
    override fun contentType(): String = type

    /** Also of a body that this one is a part of: what cannot be sent is found out before a connection is taken. */
    override fun length(): Long = try {
        if (!Files.isRegularFile(file)) throw IOException("there is no such file")
        if (!Files.isReadable(file)) throw IOException("it may not be read")
        Files.size(file)
    } catch (error: IOException) {
        throw ClientPayloadException("The file $file cannot be sent: ${error.message}", error)
    }

    override fun pieces(): Flow<ByteBuffer> = piecesOf { Files.newInputStream(file) }

    override suspend fun toWire(task: TaskImpl<*>): WireBody {
        val length = task.onThread(::length)
        val stream = stream(length, task.runner)
        return if (isOfDefaultFileSystem()) WireBody.File(file, length, stream) else stream
    }

    private fun isOfDefaultFileSystem() = file.fileSystem == java.nio.file.FileSystems.getDefault()
}
