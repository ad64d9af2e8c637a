package dev.jawait.runtime.tasks

import dev.jawait.Runner
import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.sleep
import io.kotest.core.spec.style.FunSpec
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

class GivingWayTest :
    FunSpec({
        timeout = 30_000

        test("in a confined runner a task that only gives way does not hold up what the clock brings") {
            Runner.confined().use { runner ->
                val awaiting = coroutine {
                    val alarm = createTask { sleep(1.milliseconds) }
                    createTask { while (!alarm.isDone) sleep(Duration.ZERO) }.await()
                }
                runner.run(awaiting)
            }
        }
    })
