package dev.jawait.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.net.IncompleteReadException
import dev.jawait.net.Streams
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds

/** Streams as suspend functions, under any dispatcher. */
class KotlinNetTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { body() }

        case("a server of lines, in tasks of its own and called from any dispatcher") {
            withContext(Dispatchers.Default) {
                val server =
                    serve("127.0.0.1", 0) { stream ->
                        stream.lines().collect { line ->
                            delay(1)
                            stream.write("$line!\n")
                        }
                    }
                connect("127.0.0.1", server.port()).use { client ->
                    client.write("one\ntwo\n")
                    client.writeEof()
                    client.lines().toList() shouldContainExactly listOf("one!", "two!")
                }
                server.close()
                server.waitClosed().await()
            }
        }

        case("cancelling the caller's job cancels a read, which loses nothing") {
            val listener = Streams.listen("127.0.0.1", 0).await()
            val client = connect("127.0.0.1", listener.port())
            val server = listener.accept().await()
            coroutineScope {
                val reading = launch { server.readExactly(5).await() }
                client.write("abc")
                delay(5)
                reading.cancelAndJoin()
            }
            shouldThrow<AsyncTimeoutException> { withTimeout(5.milliseconds) { server.readExactly(5).await() } }
            client.close()
            shouldThrow<IncompleteReadException> { server.readExactly(5).await() }.partial().decodeToString() shouldBe
                "abc"
            server.close()
            listener.close()
        }
    })
