package dev.jawait.samples.docs

import dev.jawait.AsyncTimeoutException
import dev.jawait.Runner
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.sleep
import dev.jawait.kotlin.time
import dev.jawait.kotlin.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes

class PatienceTest {
    @Test
    fun `an hour is too long`() {
        val test = coroutine {
            assertThrows<AsyncTimeoutException> { withTimeout(3.minutes) { sleep(1.hours) } }
            assertEquals(3.minutes, time())
        }
        Runner.builder().virtualTime().build().use { runner -> runner.run(test) }
    }
}
