package dev.jawait.samples.docs

import dev.jawait.AsyncTimeoutException
import dev.jawait.kotlin.sleep
import dev.jawait.kotlin.withTimeout
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

suspend fun main() {
    try {
        withTimeout(100.milliseconds) {
            try {
                sleep(1.days)
            } finally {
                println("cleaning up")
            }
        }
    } catch (e: AsyncTimeoutException) {
        println(e.message)
    }
}
