package dev.jawait.kotlin

import dev.jawait.Async
import dev.jawait.AsyncTimeoutException
import dev.jawait.Task
import dev.jawait.testing.Steps
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.asContextElement
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.completeWith
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Suspend functions of ours called from coroutines of kotlinx's. */
@OptIn(ExperimentalCoroutinesApi::class)
class KotlinCallersTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { body() }

        suspend fun work(): List<Int> = gather(
            coroutine {
                sleep(2.milliseconds)
                1
            },
            coroutine { 2 },
        )

        case("gather works under runBlocking, and its code stays on the caller's thread") {
            runBlocking {
                val here = Thread.currentThread()
                work() shouldBe listOf(1, 2)
                withTimeout(1.seconds) {
                    sleep(1.milliseconds)
                    Thread.currentThread() shouldBeSameInstanceAs here
                }
                Thread.currentThread() shouldBeSameInstanceAs here
            }
        }

        case("a caller without a dispatcher is in no task once its call has ended") {
            val seen = CompletableDeferred<Task<*>?>()
            val caller: suspend () -> Task<*>? = {
                sleep(1.milliseconds)
                currentTask()
            }
            caller.startCoroutine(Continuation(EmptyCoroutineContext) { seen.completeWith(it) })
            seen.await() shouldBe null
        }

        case("gather works under the default dispatcher, a single one and the unconfined one") {
            for (dispatcher in listOf(
                Dispatchers.Default,
                Dispatchers.IO.limitedParallelism(1),
                Dispatchers.Unconfined,
            )) {
                withContext(dispatcher) { work() } shouldBe listOf(1, 2)
            }
        }

        case("under the unconfined dispatcher a loop of yields needs no stack") {
            withContext(Dispatchers.Unconfined) {
                withTimeout(10.seconds) { repeat(20_000) { sleep(0.seconds) } }
            }
        }

        case("children of coroutineScope gather side by side") {
            coroutineScope { List(50) { async { work() } }.awaitAll() }.forEach { it shouldBe listOf(1, 2) }
        }

        case("cancelling the caller's job cancels the tasks, and join waits for their cleanup") {
            Steps().use { steps ->
                coroutineScope {
                    val started = CompletableDeferred<Unit>()
                    val job = launch {
                        gather(
                            coroutine {
                                try {
                                    started.complete(Unit)
                                    sleep(1.days)
                                } finally {
                                    sleep(20.milliseconds)
                                    steps.expect(1)
                                }
                            },
                        )
                    }
                    started.await()
                    job.cancelAndJoin()
                    steps.finish(2)
                    job.isCancelled shouldBe true
                }
            }
        }

        case("a call in a coroutine that is cancelled already never starts its body") {
            coroutineScope {
                val job = launch(start = CoroutineStart.UNDISPATCHED) {
                    coroutineContext[kotlinx.coroutines.Job]!!.cancel()
                    shouldThrow<CancellationException> { coroutine { error("started") }.await() }
                }
                job.join()
            }
        }

        case("our time-out in a kotlinx child is an ordinary error: it fails the scope") {
            shouldThrow<AsyncTimeoutException> {
                coroutineScope {
                    launch { withTimeout(1.milliseconds) { sleep(1.days) } }
                }
            }
        }

        case("an error is the same object for the caller") {
            val boom = IllegalStateException("boom")
            shouldThrow<IllegalStateException> {
                coroutine {
                    sleep(1.milliseconds)
                    throw boom
                }.await()
            } shouldBeSameInstanceAs boom
        }

        case("a checked exception comes as it was thrown") {
            val checked = java.io.IOException("checked")
            shouldThrow<java.io.IOException> { Async.async { throw checked }.await() } shouldBeSameInstanceAs checked
        }

        case("a caller's thread-context elements are there after our suspension points") {
            val local = ThreadLocal<String>()
            withContext(Dispatchers.Default + local.asContextElement("mine")) {
                withTimeout(10.seconds) {
                    sleep(1.milliseconds)
                    local.get() shouldBe "mine"
                }
                local.get() shouldBe "mine"
            }
        }

        case("what a child of coroutineScope starts in a run ends with the run") {
            val started = AtomicReference<Task<Unit>>()
            Async.run(
                coroutine {
                    coroutineScope { launch { started.set(createTask { sleep(1.days) }) } }
                },
            )
            started.get().isCancelled shouldBe true
        }

        case("a caller's job ends although a job of its body was asked for") {
            runBlocking {
                withTimeout(1.seconds) { delay(1.milliseconds) }
            }
        }
    })
