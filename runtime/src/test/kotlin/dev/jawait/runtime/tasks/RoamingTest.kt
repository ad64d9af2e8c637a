package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import dev.jawait.TaskTree
import dev.jawait.runtime.loop.Loop
import dev.jawait.testing.Waiting
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.util.concurrent.CompletableFuture

class RoamingTest :
    FunSpec({
        timeout = 30_000
        val runner = RunnerImpl(RunnerSettings(loops = 2))
        val own = runner.loops.next()
        val other = runner.loops.next()

        afterSpec { runner.close() }

        /** The loop on which a task goes on that was started on [own] and waits for what ends on [other]. */
        fun loopAfterAwaiting(recipe: (Promise<Unit>) -> Recipe<Loop?>): Loop? {
            val promise = Promise<Unit>()
            val started = CompletableFuture<TaskImpl<Loop?>>()
            own.execute { started.complete(runner.startTask(null, recipe(promise))) }
            val task = started.join()
            Waiting.until("the await") { task.node()?.state == TaskTree.State.WAITING }
            other.execute { promise.end(Outcome.Success(Unit)) }
            return task.join()
        }

        test("a task of ours goes on where what it waits for ends: its own loop need not be woken up") {
            loopAfterAwaiting { promise ->
                NativeBody("ours") { task ->
                    task.awaitPromise(promise)
                    Loop.current()
                }
            } shouldBe other
        }

        test("a task with a body of the user's stays on its loop") {
            loopAfterAwaiting { promise ->
                SuspendBody("the user's") {
                    inTask { task -> task.awaitPromise(promise) }
                    Loop.current()
                }
            } shouldBe own
        }
    })
