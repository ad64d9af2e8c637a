package dev.jawait.runtime.streams

import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.sleep
import dev.jawait.kotlin.virtually
import dev.jawait.runtime.tasks.inTask
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.time.Duration.Companion.milliseconds

/** The marks of back-pressure, to the byte. */
class OutgoingTest :
    FunSpec({
        suspend fun turn() = sleep(1.milliseconds)

        fun Outgoing.drainer() = suspend { inTask { task -> drain(task) } }

        test("nobody waits up to 64 KiB, whoever drains above that waits until 16 KiB are left") {
            virtually {
                val outgoing = Outgoing("to nowhere")
                outgoing.submit(64 * 1024)
                outgoing.drainer()()
                outgoing.submit(1)
                val drain = createTask { outgoing.drainer()() }
                turn()
                outgoing.sent(48 * 1024)
                turn()
                drain.isDone shouldBe false
                outgoing.sent(1)
                turn()
                drain.isDone shouldBe true
                outgoing.drainer()()
            }
        }

        test("what is written later does not hold up whoever drains") {
            virtually {
                val outgoing = Outgoing("to nowhere")
                outgoing.submit(100_000)
                val first = createTask { outgoing.drainer()() }
                turn()
                outgoing.submit(100_000)
                val second = createTask { outgoing.drainer()() }
                turn()
                outgoing.sent(100_000)
                turn()
                first.isDone shouldBe true
                second.isDone shouldBe false
                outgoing.sent(100_000)
                gather(first, second)
            }
        }

        test("a failure wakes all, and the first reason counts") {
            virtually {
                val outgoing = Outgoing("to nowhere")
                outgoing.submit(100_000)
                val waiting = List(3) { createTask { outgoing.drainer()() } }
                turn()
                outgoing.fail { IllegalStateException("first") }
                outgoing.fail { IllegalStateException("second") }
                for (task in waiting) {
                    shouldThrow<IllegalStateException> { gather(task) }.message shouldBe "first"
                }
                shouldThrow<IllegalStateException> { outgoing.submit(1) }.message shouldBe "first"
                outgoing.isPending shouldBe true
            }
        }
    })
