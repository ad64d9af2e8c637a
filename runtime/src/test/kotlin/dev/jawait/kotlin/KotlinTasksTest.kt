package dev.jawait.kotlin

import dev.jawait.Async
import dev.jawait.AsyncTimeoutException
import dev.jawait.CancelledException
import dev.jawait.ReturnWhen
import dev.jawait.testing.Steps
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.util.concurrent.CountDownLatch
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

/** Suspend bodies as tasks, alone and with kotlinx's own primitives. */
class KotlinTasksTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { body() }

        case("delay inside of a task is cancelled with it") {
            val started = CompletableDeferred<Unit>()
            val task = createTask {
                started.complete(Unit)
                delay(1.days)
            }
            started.await()
            task.cancel("enough")
            shouldThrow<CancelledException> { task.await() }.message shouldBe "enough"
        }

        case("a child of coroutineScope inside of a task is cancelled with it, and waited for") {
            Steps().use { steps ->
                val started = CompletableDeferred<Unit>()
                val task = createTask {
                    coroutineScope {
                        launch {
                            try {
                                started.complete(Unit)
                                sleep(1.days)
                            } finally {
                                steps.expect(1)
                            }
                        }
                    }
                }
                started.await()
                task.cancel()
                shouldThrow<CancelledException> { task.await() }
                steps.finish(2)
            }
        }

        case("cleanup under NonCancellable runs to its end, with kotlinx's delay and with ours") {
            Steps().use { steps ->
                val started = CompletableDeferred<Unit>()
                val task = createTask {
                    try {
                        started.complete(Unit)
                        delay(1.days)
                    } finally {
                        withContext(NonCancellable) {
                            delay(1.milliseconds)
                            steps.expect(1)
                            sleep(1.milliseconds)
                            gather(coroutine { steps.expect(2) })
                        }
                    }
                }
                started.await()
                task.cancel()
                shouldThrow<CancelledException> { task.await() }
                steps.finish(3)
            }
        }

        case("our time limit ends delay, and the task goes on, also with delay") {
            val task = createTask {
                shouldThrow<AsyncTimeoutException> { withTimeout(1.milliseconds) { delay(1.days) } }
                delay(1.milliseconds)
                currentTask()!!.cancelling()
            }
            task.await() shouldBe 0
        }

        case("73: without any time the first await is interrupted, even sleep(0); a body without one succeeds") {
            virtually {
                shouldThrow<AsyncTimeoutException> { withTimeout(Duration.ZERO) { sleep(Duration.ZERO) } }
                withTimeout(-Duration.INFINITE) { "no await" } shouldBe "no await"
                currentTask()!!.cancelling() shouldBe 0
                sleep(1.milliseconds)
            }
        }

        case("a cancel of a run's suspend main in delay counts once") {
            val cancelling = Async.run(
                coroutine {
                    val main = currentTask()!!
                    createTask { main.cancel() }
                    try {
                        delay(1.days)
                    } catch (_: CancellationException) {
                    }
                    main.cancelling().also { main.uncancel() }
                },
            )
            cancelling shouldBe 1
        }

        case("the current task is right in suspend code, and null outside") {
            currentTask() shouldBe null
            val task = createTask("mine") {
                sleep(1.milliseconds)
                currentTask()!!.name()
            }
            task.await() shouldBe "mine"
        }

        case("asCompleted is a flow in the order of the ends; leaving it leaves the tasks") {
            virtually {
                val tasks = listOf(30, 10, 20).map { n ->
                    createTask {
                        sleep(n.milliseconds)
                        n
                    }
                }
                asCompleted(tasks).take(2).map { it.result() }.toList() shouldContainExactly listOf(10, 20)
                tasks[0].isDone shouldBe false
                asCompleted(tasks).map { it.index() }.toList().size shouldBe 3
            }
        }

        case("a flow of kotlinx's emits within a task") {
            val task = createTask {
                flow {
                    repeat(3) {
                        sleep(1.milliseconds)
                        emit(it)
                    }
                }.toList()
            }
            task.await() shouldContainExactly listOf(0, 1, 2)
        }

        case("waitUntil sorts tasks, with a limit") {
            virtually {
                val fast = createTask { sleep(10.milliseconds) }
                val slow = createTask { sleep(20.milliseconds) }
                val result = waitUntil(ReturnWhen.ALL_COMPLETED, listOf(fast, slow), 15.milliseconds)
                result.done() shouldBe setOf(fast)
                result.pending() shouldBe setOf(slow)
                now() shouldBe 15
            }
        }

        case("asDeferred has the value, and cancelling it cancels the task") {
            createTask { 42 }.asDeferred().await() shouldBe 42
            val task = createTask { sleep(1.days) }
            val deferred = task.asDeferred()
            deferred.cancel()
            shouldThrow<CancelledException> { task.await() }
            val other = createTask { sleep(1.days) }
            val followed = other.asDeferred()
            other.cancel()
            shouldThrow<CancellationException> { followed.await() }
            followed.isCancelled shouldBe true
        }

        case("asTask has the value, and cancelling it cancels the deferred") {
            CompletableDeferred(42).asTask().await() shouldBe 42
            val deferred = CompletableDeferred<Int>()
            val task = deferred.asTask()
            task.cancel()
            shouldThrow<CancelledException> { task.await() }
            deferred.join()
            deferred.isCancelled shouldBe true
            val cancelled = CompletableDeferred<Int>()
            val follower = cancelled.asTask()
            cancelled.cancel()
            shouldThrow<CancelledException> { follower.await() }
        }

        case("use exits however the body ended, and a scope gives back in reverse order") {
            val events = ArrayList<String>()

            fun resource(name: String) = asyncResource({ name.also { events.add("enter $it") } }) { it, error ->
                sleep(1.milliseconds)
                events.add("exit $it" + if (error == null) "" else " ${error.message}")
            }
            shouldThrow<IllegalStateException> { resource("a").use { error("boom") } }
            scope {
                enter(resource("b"))
                defer { events.add("deferred") }
                enter(resource("c"))
            }
            events shouldContainExactly
                listOf("enter a", "exit a boom", "enter b", "enter c", "exit c", "deferred", "exit b")
        }

        case("a Java body awaits suspend code on its own thread, and what outlives the body goes on") {
            val gate = CountDownLatch(1)
            val outlived = CompletableDeferred<String>()
            val orphan = coroutine {
                kotlinx.coroutines.CoroutineScope(kotlin.coroutines.coroutineContext.minusKey(kotlinx.coroutines.Job))
                    .launch {
                        withContext(Dispatchers.IO) { gate.reached() }
                        outlived.complete("went on")
                    }
            }
            Async.run(
                Async.async {
                    val thread = Thread.currentThread()
                    Async.await(
                        coroutine {
                            delay(1.milliseconds)
                            Thread.currentThread() shouldBe thread
                        },
                    )
                    Async.await(orphan)
                },
            )
            gate.countDown()
            outlived.await() shouldBe "went on"
        }
    })
