package dev.jawait.kotlin

import dev.jawait.Runner
import dev.jawait.testing.NothingLeft
import dev.jawait.testing.VirtualTime
import io.kotest.core.listeners.AfterSpecListener
import io.kotest.core.spec.Spec
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.seconds

/** After the tests of a spec the shared runtime has neither a live task nor a pending timer. */
internal object NothingLeftListener : AfterSpecListener {
    override suspend fun afterSpec(spec: Spec) = NothingLeft.check()
}

internal val limit = 20.seconds

/** Runs [body] as a task on a clock that jumps. */
internal fun <T> virtually(body: suspend () -> T): T =
    Runner.builder().virtualTime().build().use { it.run(coroutine("main", body)) }

internal fun now(): Long = VirtualTime.now()

internal fun CountDownLatch.reached() {
    check(await(10, TimeUnit.SECONDS)) { "Not reached" }
}
