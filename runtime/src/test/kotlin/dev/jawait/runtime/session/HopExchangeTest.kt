package dev.jawait.runtime.session

import dev.jawait.CancelledException
import dev.jawait.http.Headers
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.RunnerSettings
import dev.jawait.runtime.transport.Exchange
import dev.jawait.runtime.transport.WireResponse
import dev.jawait.testing.Waiting
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.netty.buffer.Unpooled
import java.util.concurrent.atomic.AtomicInteger

class HopExchangeTest :
    FunSpec({
        timeout = 30_000

        fun HopExchange.reading() =
            RunnerImpl.shared.startTaskEagerly(null, NativeBody("read") { read(it)?.toString(Charsets.US_ASCII) })

        test("what a read asked for that was cancelled is the next one's, and is not asked for again") {
            val asked = AtomicInteger()
            val exchange = HopExchange()
            exchange.begin {
                object : Exchange {
                    override fun read() {
                        asked.incrementAndGet()
                    }

                    override fun cancel() = Unit
                }
            }
            exchange.onHead(HEAD)
            repeat(5) {
                val read = exchange.reading()
                read.cancel()
                Waiting.until("the cancel") { read.isDone }
            }
            asked.get() shouldBe 1

            exchange.onData(Unpooled.copiedBuffer("first", Charsets.US_ASCII))
            exchange.reading().join() shouldBe "first"
            val second = exchange.reading()
            exchange.onData(Unpooled.copiedBuffer("second", Charsets.US_ASCII))
            second.join() shouldBe "second"
            asked.get() shouldBe 2
        }

        test("a piece that comes as its reader is cancelled and the response closed is released") {
            RunnerImpl(RunnerSettings(loops = 1)).use { runner ->
                val exchange = HopExchange()
                exchange.begin {
                    object : Exchange {
                        override fun read() = Unit

                        override fun cancel() = Unit
                    }
                }
                exchange.onHead(HEAD)
                val read = runner.startTaskEagerly(null, NativeBody("read") { exchange.read(it)?.refCnt() })
                val piece = Unpooled.copiedBuffer("nobody's", Charsets.US_ASCII)
                runner.loops.next().execute {
                    // The reader goes on after this.
                    exchange.onData(piece)
                    read.cancel()
                    exchange.abandon()
                }
                shouldThrow<CancelledException> { read.join() }
                piece.refCnt() shouldBe 0
            }
        }
    })

private val HEAD = WireResponse(200, "OK", Headers.of(), false)
