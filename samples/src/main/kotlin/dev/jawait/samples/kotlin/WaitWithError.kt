package dev.jawait.samples.kotlin

import dev.jawait.ReturnWhen
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.component1
import dev.jawait.kotlin.component2
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.kotlin.waitUntil
import dev.jawait.samples.server.SampleServer

/** S13: a wait throws nothing when a task fails; the task has the exception. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            val good = createTask(session.get(server.url("/slow")) { it.status })
            val bad = createTask(session.get("gopher://nowhere") { it.status })
            val (done, pending) = waitUntil(ReturnWhen.ALL_COMPLETED, listOf(good, bad))
            val failed = if (bad.exception() != null) "True" else "False"
            println("S13 done ${done.size} pending ${pending.size} good ${good.result()} bad has an exception $failed")
        }
    }
}
