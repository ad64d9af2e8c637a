package dev.jawait.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.net.IncompleteReadException
import dev.jawait.net.Streams
import dev.jawait.testing.Logged
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.io.UncheckedIOException
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

        case("a listener and both ends as resources; send waits for room") {
            listen("127.0.0.1", 0).use { listener ->
                val accepting = createTask(listener.accept())
                connect("127.0.0.1", listener.port).use { client ->
                    accepting.await().use { server ->
                        client.send("text, ")
                        client.send("bytes\n".encodeToByteArray())
                        server.lines().first() shouldBe "text, bytes"
                    }
                    client.recv(1).await().size shouldBe 0
                }
            }
        }

        case("the job of a caller that is cancelled while it connects leaves no connection") {
            val listener = listen("127.0.0.1", 0)
            coroutineScope {
                val connecting = launch { connect("127.0.0.1", listener.port).close() }
                connecting.cancelAndJoin()
            }
            listener.close()
        }

        case("a failing handler of suspend code is logged, and its client alone is disconnected") {
            val log = Logged.by {
                runBlocking {
                    serve("127.0.0.1", 0) { stream ->
                        check(stream.readLine().await() != "fail") { "no" }
                    }.use { server ->
                        connect("127.0.0.1", server.port).use { bad ->
                            // Not send: it drains, and the answer to that may be the handler's failure.
                            bad.write("fail\n")
                            shouldThrow<UncheckedIOException> { bad.recv(1).await() }
                        }
                        connect("127.0.0.1", server.port).use { good ->
                            good.send("go\n")
                            good.recv(1).await().size shouldBe 0
                        }
                    }
                }
            }
            log shouldContain "The handler of"
        }
    })
