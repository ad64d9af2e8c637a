package dev.jawait.runtime.bodies

import dev.jawait.http.Multipart
import dev.jawait.http.RequestBody
import dev.jawait.runtime.tasks.items
import dev.jawait.spi.RequestBodies
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Flow.Publisher

/** What [RequestBody] calls. */
internal object Bodies : RequestBodies {
    override fun bytes(bytes: ByteArray, contentType: String): RequestBody = BytesBody(bytes, contentType)

    override fun file(file: Path, contentType: String): RequestBody = FileBody(file, contentType)

    override fun stream(open: Callable<out InputStream>): RequestBody = FlowBody(piecesOf { open.call() })

    override fun stream(stream: InputStream): RequestBody {
        val source = StreamPieces(stream)
        return OnceBody(source.pieces, source::closeSoon)
    }

    override fun chunks(chunks: Iterable<ByteBuffer>): RequestBody = FlowBody(piecesOf(chunks))

    override fun publisher(publisher: Publisher<ByteBuffer>): RequestBody = OnceBody(publisher.items()) {}

    override fun multipart(parts: List<Multipart.Part>): RequestBody = MultipartBody(parts)
}
