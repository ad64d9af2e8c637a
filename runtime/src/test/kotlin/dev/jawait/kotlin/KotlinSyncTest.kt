package dev.jawait.kotlin

import dev.jawait.sync.AsyncQueue
import dev.jawait.sync.Condition
import dev.jawait.sync.Lock
import dev.jawait.sync.Semaphore
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

/** Locks and queues in suspend code, also in that of others' dispatchers. */
class KotlinSyncTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { body() }

        case("withLock excludes others and gives the lock back") {
            virtually {
                val lock = Lock.create()
                gather(List(3) { coroutine { lock.withLock { sleep(10.milliseconds) } } })
                now() shouldBe 30
                shouldThrow<IllegalArgumentException> { lock.withLock { throw IllegalArgumentException("boom") } }
                lock.isLocked shouldBe false
            }
        }

        case("withLock gives the lock back when its caller's job is cancelled, before it has the lock and after") {
            val lock = Lock.create()
            coroutineScope {
                val held = CompletableDeferred<Unit>()
                val holder = launch(Dispatchers.Default) {
                    lock.withLock {
                        held.complete(Unit)
                        delay(1.days)
                    }
                }
                held.await()
                val waiter = launch(Dispatchers.Default) { lock.withLock { error("Not reached") } }
                while ("1 waiting" !in lock.toString()) delay(1.milliseconds)
                waiter.cancelAndJoin()
                lock.isLocked shouldBe true
                holder.cancelAndJoin()
            }
            lock.toString() shouldBe "Lock[1 free, 0 waiting]"
        }

        case("withLock of a condition is for its waits and signals") {
            val condition = Condition.create()
            var stock = 0
            coroutineScope {
                launch(Dispatchers.Default) {
                    condition.withLock {
                        stock++
                        condition.signal()
                    }
                }
                condition.withLock {
                    condition.waitFor { stock > 0 }.await()
                    stock--
                }
            }
            stock shouldBe 0
        }

        case("withPermit limits how many run") {
            virtually {
                val semaphore = Semaphore.create(2)
                gather(List(4) { coroutine { semaphore.withPermit { sleep(10.milliseconds) } } })
                now() shouldBe 20
                semaphore.toString() shouldBe "Semaphore[2 free, 0 waiting]"
            }
        }

        case("asFlow emits what is got until the queue is shut down and empty") {
            virtually {
                val queue = AsyncQueue.create<Int>(2)
                val items = createTask { queue.asFlow().onEach { queue.taskDone() }.toList() }
                repeat(5) { queue.put(it).await() }
                queue.join().await()
                queue.shutdown()
                items.await() shouldContainExactly listOf(0, 1, 2, 3, 4)
            }
        }

        case("asFlow takes no more than its collector wants, under any dispatcher") {
            val queue = AsyncQueue.create<Int>()
            repeat(5) { queue.putNowait(it) }
            withContext(Dispatchers.Default) {
                queue.asFlow().take(2).toList() shouldContainExactly listOf(0, 1)
            }
            queue.size() shouldBe 3
        }

        case("a permit that meets the cancel of a caller's job is the caller's or goes back") {
            val semaphore = Semaphore.create(1)
            repeat(20_000) { round ->
                val caller =
                    CoroutineScope(Dispatchers.Default).launch {
                        semaphore.acquire().await()
                        semaphore.release()
                    }
                repeat(round % 200) { Thread.onSpinWait() }
                caller.cancelAndJoin()
                semaphore.toString() shouldBe "Semaphore[1 free, 0 waiting]"
            }
        }
    })
