package dev.jawait.runtime.tasks

import dev.jawait.runtime.loop.EventLoops
import dev.jawait.testing.Logged
import dev.jawait.testing.Waiting
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong

class CallbacksTest :
    FunSpec({
        timeout = 30_000
        val threads = BodyThreads("callbacks-test")

        afterSpec { threads.close() }

        test("a thread that is at it takes what comes meanwhile, in order") {
            val callbacks = Callbacks(threads, later = {}, nanoTime = { 0 })
            val ran = ConcurrentLinkedQueue<Pair<Int, Thread>>()
            val thread = CompletableFuture<Thread>()
            val done = CountDownLatch(1)
            callbacks.execute {
                repeat(100) { number -> callbacks.execute { ran.add(number to Thread.currentThread()) } }
                callbacks.execute(done::countDown)
                thread.complete(Thread.currentThread())
            }
            done.await()
            ran.toList() shouldContainExactly (0..99).map { it to thread.get() }
        }

        test("where one has waited, as many more threads join in as there are; then no more than needed") {
            val checks = LinkedBlockingQueue<Runnable>()
            val counted = CountedThreads(threads)
            val callbacks = Callbacks(counted, later = checks::add, nanoTime = { 0 })
            val barrier = CyclicBarrier(6)
            val done = CountDownLatch(6)
            repeat(6) {
                callbacks.execute {
                    barrier.await()
                    done.countDown()
                }
            }
            val counts = listOf(1, 2, 4, 6)
            for (count in counts.dropLast(1)) {
                counted.started.get() shouldBe count
                Waiting.until("$count to wait") { barrier.numberWaiting == count }
                checks.take().run()
            }
            done.await()
            counted.started.get() shouldBe counts.last()
            checks.take().run()
            checks.poll() shouldBe null
        }

        test("what keeps up is left to itself") {
            val checks = LinkedBlockingQueue<Runnable>()
            val counted = CountedThreads(threads)
            val callbacks = Callbacks(counted, later = checks::add, nanoTime = { 0 })
            val held = List(2) { CountDownLatch(1) }
            val holding = List(2) { CountDownLatch(1) }
            val done = CountDownLatch(1)
            for (number in 0..1) {
                callbacks.execute {
                    holding[number].countDown()
                    held[number].await()
                }
            }
            holding[0].await()
            held[0].countDown()
            holding[1].await()
            callbacks.execute(done::countDown)
            // The second one, which waited when it was put off, has begun.
            checks.take().run()
            counted.started.get() shouldBe 1
            // The third has waited since.
            checks.take().run()
            done.await()
            counted.started.get() shouldBe 2
            held[1].countDown()
        }

        test("what comes while all are held up is begun at once by another thread") {
            val clock = AtomicLong()
            val callbacks = Callbacks(threads, later = {}, nanoTime = clock::get)
            val held = CountDownLatch(1)
            val holding = CountDownLatch(1)
            callbacks.execute {
                holding.countDown()
                held.await()
            }
            holding.await()
            clock.set(Duration.ofMillis(1).toNanos())
            val done = CountDownLatch(1)
            callbacks.execute(done::countDown)
            done.await()
            held.countDown()
        }

        test("one that waits for a later one does not wait for ever") {
            val callbacks = Callbacks(threads)
            val later = CountDownLatch(1)
            val done = CountDownLatch(1)
            callbacks.execute {
                callbacks.execute(later::countDown)
                later.await()
                done.countDown()
            }
            done.await()
        }

        test("nor do two hundred that wait for each other, wherever they come from") {
            for (from in listOf<((() -> Unit) -> Unit)>({ it() }, ::onLoop)) {
                val callbacks = Callbacks(threads)
                val barrier = CyclicBarrier(200)
                val done = CountDownLatch(200)
                from {
                    repeat(200) {
                        callbacks.execute {
                            barrier.await()
                            done.countDown()
                        }
                    }
                }
                done.await()
            }
        }

        test("one that fails is logged, and the next is run") {
            val done = CountDownLatch(1)
            Logged.by {
                val callbacks = Callbacks(threads, later = {}, nanoTime = { 0 })
                callbacks.execute {
                    callbacks.execute(done::countDown)
                    throw StackOverflowError("too deep")
                }
                done.await()
            } shouldContain "too deep"
        }

        test("an interrupt ends with the callback that it met") {
            val callbacks = Callbacks(threads)
            val interrupted = ConcurrentLinkedQueue<Boolean>()
            val done = CountDownLatch(2)
            callbacks.execute {
                repeat(2) {
                    callbacks.execute {
                        interrupted.add(Thread.currentThread().isInterrupted)
                        Thread.currentThread().interrupt()
                        done.countDown()
                    }
                }
            }
            done.await()
            interrupted.toList() shouldContainExactly listOf(false, false)
        }

        test("no thread stays when there is nothing left") {
            val started = ConcurrentLinkedQueue<Thread>()
            val callbacks =
                Callbacks({ work -> Thread(work, "callbacks-test-one").also(started::add).start() })
            val done = CountDownLatch(10)
            repeat(10) { callbacks.execute(done::countDown) }
            done.await()
            Waiting.until("the threads to end") { started.none(Thread::isAlive) }
            val again = CountDownLatch(1)
            callbacks.execute(again::countDown)
            again.await(10, TimeUnit.SECONDS) shouldBe true
        }
    })

/** Counts those it has started. */
private class CountedThreads(private val threads: Executor) : Executor {
    val started = AtomicInteger()

    override fun execute(work: Runnable) {
        threads.execute(work)
        started.incrementAndGet()
    }
}

private fun onLoop(code: () -> Unit) {
    EventLoops(1, "callbacks-test", Duration.ZERO, false).use { loops ->
        val done = CountDownLatch(1)
        loops.next().execute {
            code()
            done.countDown()
        }
        done.await()
    }
}
