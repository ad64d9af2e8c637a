package dev.jawait.runtime.ktor

import dev.jawait.http.ClientException
import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.readBuffer
import io.ktor.utils.io.toByteArray
import io.ktor.utils.io.writer
import kotlinx.coroutines.coroutineScope
import kotlinx.io.readByteArray

/** The body of a request of Ktor's, as bytes. */
internal object KtorBodies {
    suspend fun bytes(content: OutgoingContent): ByteArray? = when (content) {
        is OutgoingContent.NoContent -> null

        is OutgoingContent.ByteArrayContent -> content.bytes()

        is OutgoingContent.ReadChannelContent -> content.readFrom().toByteArray()

        is OutgoingContent.WriteChannelContent -> written(content)

        is OutgoingContent.ContentWrapper -> bytes(content.delegate())

        is OutgoingContent.ProtocolUpgrade -> throw ClientException(
            "This engine does not upgrade connections: $content",
            null,
        )
    }

    private suspend fun written(content: OutgoingContent.WriteChannelContent): ByteArray =
        coroutineScope { writer { content.writeTo(channel) }.channel.readBuffer().readByteArray() }
}
