package dev.jawait.kotlin

import dev.jawait.Async
import dev.jawait.AsyncTimeoutException
import dev.jawait.CancelledException
import dev.jawait.Deadline
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.util.concurrent.CompletableFuture
import java.util.concurrent.SubmissionPublisher
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** What asyncio does not have, and what leads in and out, as suspend functions. */
class KotlinCombinatorsTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { body() }

        fun after(millis: Int, value: String) = coroutine {
            sleep(millis.milliseconds)
            value
        }

        case("a sequence is read as places get free") {
            virtually {
                var made = 0
                val endless = generateSequence(0) { it + 1 }.map { number ->
                    made++
                    if (number < 7) after(10, "$number") else coroutine { error("enough") }
                }
                shouldThrow<IllegalStateException> { gather(endless, limit = 2) }.message shouldBe "enough"
                (made <= 9) shouldBe true
            }
        }

        case("67: started eagerly, a suspend body runs to its first suspension before its creator goes on") {
            virtually {
                val steps = ArrayList<String>()
                val done = startEagerly { steps += "all at once" }
                done.isDone shouldBe true
                val task =
                    startEagerly {
                        steps += "first piece"
                        sleep(1.milliseconds)
                        steps += "second piece"
                    }
                steps += "creator"
                task.await()
                steps shouldContainExactly listOf("all at once", "first piece", "creator", "second piece")
            }
        }

        case("a body in Java that is started eagerly on a loop begins soon, and holds nobody up") {
            createTask {
                startEagerly(Async.async<String> { Thread.currentThread().name }).await()
            }.await() shouldContain
                "body"
        }

        case("race, firstSuccess and hedge cancel the losers and wait for them") {
            virtually {
                race(after(5, "slow"), after(1, "fast")) shouldBe "fast"
                now() shouldBe 1
                val failing = coroutine<String> { error("boom") }
                firstSuccess(failing, after(5, "value")) shouldBe "value"
                hedge(10.milliseconds, after(1000, "first"), after(1, "second")) shouldBe "second"
                now() shouldBe 17
                Async.allTasks().size shouldBe 1
            }
        }

        case("a time limit can be looked at and moved from inside") {
            virtually {
                shouldThrow<AsyncTimeoutException> {
                    withTimeout(10.milliseconds) {
                        it.reschedule(java.time.Duration.ofMillis(30))
                        Deadline.current()!!.remaining().toMillis() shouldBe 30
                        sleep(100.milliseconds)
                    }
                }
                now() shouldBe 30
            }
        }

        case("an endless time limit never passes") {
            virtually { withTimeout(Duration.INFINITE) { sleep(1000.milliseconds) } }
        }

        case("a publisher is a flow; leaving it cancels the subscription") {
            val publisher = SubmissionPublisher<Int>()
            createTask {
                val first = createTask { publisher.asFlow().take(3).toList() }
                while (publisher.numberOfSubscribers == 0) sleep(1.milliseconds)
                withContext(Dispatchers.IO) { (1..5).forEach(publisher::submit) }
                first.await() shouldContainExactly listOf(1, 2, 3)
                while (publisher.numberOfSubscribers > 0) {
                    withContext(Dispatchers.IO) { publisher.submit(0) }
                }
            }.await()
            publisher.close()
        }

        case("a flow is a publisher for Java, collected as its items are asked for") {
            val collected = ArrayList<Int>()
            val source =
                flow {
                    for (i in 1..1000) {
                        collected += i
                        delay(1)
                        emit(i)
                    }
                }
            val taken =
                Async.run<List<Int>> {
                    Async.await(
                        Async.use<_, List<Int>>(Async.subscribe(source.asPublisher())) { items ->
                            items.iterator().asSequence().take(3).toList()
                        },
                    )
                }
            taken shouldContainExactly listOf(1, 2, 3)
        }

        case("an error of a flow is the subscriber's") {
            val failing = flow<Int> { error("boom") }
            shouldThrow<IllegalStateException> { failing.asPublisher().asFlow().toList() }.message shouldBe "boom"
            flowOf(1, 2).asPublisher().asFlow().toList() shouldContainExactly listOf(1, 2)
        }

        case("items to await are a flow") {
            virtually {
                val items = Async.asCompleted(listOf(after(2, "b"), after(1, "a"))).asFlow().toList()
                items.map { it.result() } shouldContainExactly listOf("a", "b")
            }
        }

        case("a job is a task, and cancelled both ways") {
            val job = Job()
            val task = job.asTask()
            job.complete()
            task.await()
            withContext(Dispatchers.Default) {
                val running = launch { delay(60_000) }
                running.asTask().cancel()
                running.join()
                running.isCancelled shouldBe true
                val cancelled = launch { delay(60_000) }
                val asTask = cancelled.asTask()
                cancelled.cancelAndJoin()
                shouldThrow<CancelledException> { asTask.await() }
            }
        }

        case("a deferred, a stage and a task combine") {
            val deferred = CompletableDeferred<Int>()
            val stage = CompletableFuture<Int>()
            val all = createTask(Async.gather(listOf(deferred.asTask(), Async.fromStage(stage), createTask { 3 })))
            deferred.complete(1)
            stage.complete(2)
            all.await() shouldContainExactly listOf(1, 2, 3)
        }
    })
