package dev.jawait.runtime.ktor

import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.items
import dev.jawait.runtime.transport.WireBody
import dev.jawait.testing.Waiting
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.ByteChannel
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.writeByteArray
import kotlinx.coroutines.flow.first

class KtorBodiesTest :
    FunSpec({
        timeout = 30_000

        test("a channel that is not read to its end is cancelled, so that who writes to it goes on") {
            val channel = ByteChannel(autoFlush = true)
            val content =
                object : OutgoingContent.ReadChannelContent() {
                    override fun readFrom(): ByteReadChannel = channel
                }
            channel.writeByteArray(ByteArray(3))
            channel.flush()
            val body = KtorBodies.wire(content, RunnerImpl.shared).shouldBeInstanceOf<WireBody.Stream>()
            body.publisher().items().first().remaining() shouldBe 3
            Waiting.until("the channel to be closed") { channel.isClosedForWrite }
        }
    })
