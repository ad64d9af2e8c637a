package dev.jawait.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.CancelledException
import dev.jawait.ReturnWhen
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

/** What asyncio's own tests say about cancels and time limits, in suspend bodies. */
class KotlinCancelTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { virtually(body) }

        case("44: a body that takes the cancel and returns a value has succeeded") {
            val task = createTask { unlessCancelled(42) { sleepFor(100, 0) } }
            sleep(1.milliseconds)
            task.cancel()
            task.await() shouldBe 42
            task.isCancelled shouldBe false
        }

        case("45: a body may swallow a cancel and await on") {
            val later = createTask { sleepFor(100, "later") }
            val task = createTask {
                unlessCancelled(Unit) { sleep(10.milliseconds) }
                later.await()
            }
            sleep(1.milliseconds)
            task.cancel()
            task.await() shouldBe "later"
            later.cancelling() shouldBe 0
        }

        case("46: a task that cancels itself is interrupted at its next await") {
            val task = createTask {
                currentTask()!!.cancel() shouldBe true
                sleep(100.milliseconds)
            }
            shouldThrow<CancelledException> { task.await() }
            task.cancel() shouldBe false
            now() shouldBe 0
        }

        case("47: a task that cancels itself and returns without an await is cancelled") {
            val task = createTask {
                currentTask()!!.cancel()
                "lost"
            }
            shouldThrow<CancelledException> { task.await() }
            task.isCancelled shouldBe true
        }

        case("49: uncancel in the handler: the task goes on and can be cancelled again") {
            val task = createTask {
                unlessCancelled(Unit) { sleep(100.milliseconds) }
                currentTask()!!.uncancel() shouldBe 0
                sleepFor(100, "went on")
            }
            sleep(10.milliseconds)
            task.cancel()
            sleep(10.milliseconds)
            task.isDone shouldBe false
            task.cancelling() shouldBe 0
            task.cancel()
            shouldThrow<CancelledException> { task.await() }
            now() shouldBe 20
        }

        case("50: uncancel before the delivery drops the cancel") {
            val task = createTask {
                currentTask()!!.cancel()
                currentTask()!!.uncancel()
                sleepFor(1, 42)
            }
            task.await() shouldBe 42
        }

        case("a cancel that is taken back before the first step leaves the body's job alone") {
            val task = createTask {
                delay(1)
                42
            }
            task.cancel()
            task.uncancel() shouldBe 0
            task.await() shouldBe 42
        }

        case("51: nested blocks tell their own cancel from one that comes from outside") {
            val task = createTask {
                limitedByHand(20) {
                    limitedByHand(10) { sleep(1.days) } shouldBe true
                    currentTask()!!.cancelling() shouldBe 0
                    sleep(1.days)
                } shouldBe true
                now() shouldBe 20
                limitedByHand(100) { sleep(1.milliseconds) } shouldBe false
                limitedByHand(100) { sleep(1.days) }
            }
            sleep(30.milliseconds)
            task.cancel()
            shouldThrow<CancelledException> { task.await() }
            now() shouldBe 30
            task.cancelling() shouldBe 1
        }

        case("52: a task that cancels itself and then awaits another cancels that too") {
            val inner = createTask { sleep(100.milliseconds) }
            val outer = createTask {
                currentTask()!!.cancel()
                inner.await()
            }
            shouldThrow<CancelledException> { outer.await() }
            inner.isCancelled shouldBe true
        }

        case("54: an error out of the handler of a cancel is the task's end") {
            val error = AssertionError("in the handler")
            val task = createTask {
                try {
                    sleep(100.milliseconds)
                } catch (_: CancellationException) {
                    throw error
                }
            }
            sleep(1.milliseconds)
            task.cancel()
            shouldThrow<AssertionError> { task.await() } shouldBeSameInstanceAs error
            task.isCancelled shouldBe false
        }

        case("63: sleep(0) lets what is queued run once") {
            val order = ArrayList<String>()
            val other = createTask {
                order += "other"
                sleep(Duration.ZERO)
                order += "other again"
            }
            order += "first"
            sleep(Duration.ZERO)
            order += "between"
            sleep(-Duration.INFINITE)
            other.await()
            order shouldContainExactly listOf("first", "other", "between", "other again")
        }

        case("74: an infinite limit never passes") {
            withTimeout(Duration.INFINITE) { sleepFor(1_000_000_000, "in time") } shouldBe "in time"
        }

        case("76, 91: what the body throws when the limit cancels it is what is thrown") {
            shouldThrow<ArithmeticException> {
                withTimeout(10.milliseconds) {
                    unlessCancelled(Unit) { sleep(1.days) }
                    throw ArithmeticException("in the cleanup")
                }
            }
            currentTask()!!.cancelling() shouldBe 0
        }

        case("77: a time-out's cause is the cancel that ended the body") {
            shouldThrow<AsyncTimeoutException> { withTimeout(10.milliseconds) { sleep(1.days) } }
                .cause.shouldBeInstanceOf<CancelledException>()
        }

        case("89: a body that takes the cancel of the limit and returns a value has its value") {
            withTimeout(10.milliseconds) {
                unlessCancelled(Unit) { sleep(1.days) }
                sleepFor(30, "deaf")
            } shouldBe "deaf"
            now() shouldBe 40
            currentTask()!!.cancelling() shouldBe 0
        }

        case("90: the time-out is thrown when the cleanup has ended") {
            shouldThrow<AsyncTimeoutException> {
                withTimeout(10.milliseconds) {
                    try {
                        sleep(1.days)
                    } finally {
                        sleep(50.milliseconds)
                    }
                }
            }
            now() shouldBe 60
        }

        case("93: a cancel that arrives when the awaited has just ended is not lost") {
            val inner = createTask { sleepFor(10, "inner") }
            val waiter = createTask { withTimeout(100.milliseconds) { inner.await() } }
            inner.await()
            val isHeard = waiter.cancel()
            waitUntil(ReturnWhen.ALL_COMPLETED, listOf(waiter))
            waiter.isCancelled shouldBe isHeard
            inner.result() shouldBe "inner"
        }
    })

private suspend fun <T> sleepFor(millis: Long, value: T): T {
    sleep(millis.milliseconds)
    return value
}

/** The value of [block], or [otherwise] if a cancel ends it. */
private suspend fun <T> unlessCancelled(otherwise: T, block: suspend () -> T): T = try {
    block()
} catch (_: CancellationException) {
    otherwise
}

/** A time limit made of cancel and uncancel: whether it passed. */
private suspend fun limitedByHand(millis: Long, block: suspend () -> Unit): Boolean {
    val task = currentTask()!!
    val before = task.cancelling()
    var passed = false
    val timer = createTask {
        sleep(millis.milliseconds)
        passed = true
        task.cancel()
    }
    try {
        block()
    } catch (cancelled: CancellationException) {
        if (!passed || task.uncancel() > before) throw cancelled
    } finally {
        timer.cancel()
    }
    return passed
}
