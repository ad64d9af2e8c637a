package dev.jawait.runtime.ktor

import dev.jawait.http.ClientException
import dev.jawait.runtime.bodies.Body
import dev.jawait.runtime.bodies.publishedIn
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.items
import dev.jawait.runtime.transport.WireBody
import io.ktor.http.ContentType
import io.ktor.http.content.ByteArrayContent
import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.ByteWriteChannel
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.writeFully
import io.ktor.utils.io.writer
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow
import java.nio.ByteBuffer

/** The bodies of requests, between Ktor's form and ours. */
internal object KtorBodies {
    /** A body of Ktor's for our transport. */
    fun wire(content: OutgoingContent, runner: RunnerImpl): WireBody? = when (content) {
        is OutgoingContent.NoContent -> null

        is OutgoingContent.ByteArrayContent -> WireBody.Bytes(content.bytes())

        is OutgoingContent.ReadChannelContent -> stream(content, runner, flow { emitAll(content.readFrom()) })

        is OutgoingContent.WriteChannelContent -> stream(content, runner, written(content))

        is OutgoingContent.ContentWrapper -> wire(content.delegate(), runner)

        is OutgoingContent.ProtocolUpgrade -> throw ClientException(
            "This engine does not upgrade connections: $content",
            null,
        )
    }

    private fun stream(content: OutgoingContent, runner: RunnerImpl, pieces: Flow<ByteBuffer>) =
        WireBody.Stream(content.contentLength ?: -1, false, pieces.publishedIn(runner))

    private fun written(content: OutgoingContent.WriteChannelContent): Flow<ByteBuffer> = flow {
        coroutineScope { emitAll(writer { content.writeTo(channel) }.channel) }
    }

    /** To its end; if it is not wanted to there, whoever writes to it hears of that. */
    private suspend fun FlowCollector<ByteBuffer>.emitAll(channel: ByteReadChannel) {
        try {
            while (true) {
                val bytes = ByteArray(Body.PIECE)
                val count = channel.readAvailable(bytes)
                if (count < 0) return
                emit(ByteBuffer.wrap(bytes, 0, count))
            }
        } catch (error: Throwable) {
            channel.cancel(error)
            throw error
        }
    }

    /** A body of ours for an engine of Ktor's. */
    fun content(body: WireBody, type: ContentType?): OutgoingContent = when (body) {
        is WireBody.Bytes -> ByteArrayContent(body.bytes(), type)
        is WireBody.File -> Pieces(body.otherwise(), type)
        is WireBody.Stream -> Pieces(body, type)
    }

    private class Pieces(private val body: WireBody.Stream, override val contentType: ContentType?) :
        OutgoingContent.WriteChannelContent() {
        override val contentLength: Long? = body.length().takeIf { it >= 0 }

        override suspend fun writeTo(channel: ByteWriteChannel): Unit = body.publisher().items().collect { piece ->
            channel.writeFully(ByteArray(piece.remaining()).also(piece::get))
        }
    }
}
