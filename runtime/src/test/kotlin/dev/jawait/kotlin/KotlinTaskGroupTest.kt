package dev.jawait.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.CancelledException
import dev.jawait.Task
import dev.jawait.TaskGroupException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

/** Task groups in suspend code, alone and with kotlinx's own scopes. */
class KotlinTaskGroupTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { body() }

        suspend fun fail(after: Int, message: String): Nothing {
            sleep(after.milliseconds)
            error(message)
        }

        case("95: waits for its tasks, also those that they create") {
            virtually {
                val ended = ArrayList<String>()
                val result = taskGroup {
                    createTask("outer") {
                        sleep(10.milliseconds)
                        createTask {
                            sleep(10.milliseconds)
                            ended.add("inner")
                        }
                        ended.add("outer")
                    }
                    42
                }
                result shouldBe 42
                ended shouldContainExactly listOf("outer", "inner")
                now() shouldBe 20
            }
        }

        case("97: a failing task cancels the others and the body, and the task goes on") {
            virtually {
                lateinit var other: Task<Unit>
                val error = shouldThrow<TaskGroupException> {
                    taskGroup {
                        other = createTask { sleep(1.days) }
                        createTask { fail(10, "boom") }
                        sleep(1.days)
                    }
                }
                error.exceptions().map { it.message } shouldContainExactly listOf("boom")
                other.isCancelled shouldBe true
                currentTask()!!.cancelling() shouldBe 0
                sleep(1.milliseconds)
                now() shouldBe 11
            }
        }

        case("a failing task ends delay in the body, and delay works after the group") {
            createTask {
                shouldThrow<TaskGroupException> {
                    taskGroup {
                        createTask { fail(1, "boom") }
                        delay(1.days)
                    }
                }
                delay(1.milliseconds)
                currentTask()!!.cancelling()
            }.await() shouldBe 0
        }

        case("84: delay works after a time limit around a group that fails in its cleanup") {
            createTask {
                shouldThrow<TaskGroupException> {
                    withTimeout(1.milliseconds) {
                        taskGroup {
                            try {
                                delay(1.days)
                            } catch (_: CancellationException) {
                                error("cleanup")
                            }
                        }
                    }
                }
                delay(1.milliseconds)
                shouldThrow<AsyncTimeoutException> {
                    withTimeout(1.milliseconds) { taskGroup { createTask { delay(1.days) } } }
                }
                delay(1.milliseconds)
                currentTask()!!.cancelling()
            }.await() shouldBe 0
        }

        case("98: a cancel from outside reaches the tasks") {
            val started = CompletableDeferred<Task<Unit>>()
            val task = createTask {
                taskGroup {
                    started.complete(createTask { delay(1.days) })
                    delay(1.days)
                }
            }
            val child = started.await()
            task.cancel("enough")
            shouldThrow<CancelledException> { task.await() }
            child.isCancelled shouldBe true
        }

        case("cancel ends the group without an error") {
            createTask {
                taskGroup {
                    createTask { delay(1.days) }
                    cancel()
                }
                delay(1.milliseconds)
                currentTask()!!.cancelling()
            }.await() shouldBe 0
        }

        case("in a coroutineScope: its error fails the scope") {
            shouldThrow<TaskGroupException> {
                coroutineScope {
                    launch { delay(1.days) }
                    launch { taskGroup { createTask { fail(1, "boom") } } }
                }
            }
        }

        case("in a coroutineScope: a failure beside it cancels its tasks") {
            val started = CompletableDeferred<Task<Unit>>()
            shouldThrow<IllegalStateException> {
                coroutineScope {
                    launch { taskGroup { started.complete(createTask { sleep(1.days) }) } }
                    started.await()
                    error("beside")
                }
            }.message shouldBe "beside"
            started.await().isCancelled shouldBe true
        }

        case("around a coroutineScope: what fails in the scope fails the group") {
            lateinit var child: Task<Unit>
            val error = shouldThrow<TaskGroupException> {
                taskGroup {
                    child = createTask { sleep(1.days) }
                    coroutineScope {
                        launch { delay(1.days) }
                        launch { fail(1, "boom") }
                    }
                }
            }
            error.exceptions().map { it.message } shouldContainExactly listOf("boom")
            child.isCancelled shouldBe true
        }

        case("around a coroutineScope: a failing task cancels the scope, whose children may have created it") {
            val error = shouldThrow<TaskGroupException> {
                taskGroup {
                    coroutineScope {
                        launch { delay(1.days) }
                        launch { createTask { fail(1, "boom") } }
                    }
                }
            }
            error.exceptions().map { it.message } shouldContainExactly listOf("boom")
        }
    })
