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

/** S12: waits for all tasks, and gets two sets: those that are done, and those that are pending. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            val tasks = List(2) { createTask(session.get(server.url("/slow?units=1")) { it.status }) }
            val (done, pending) = waitUntil(ReturnWhen.ALL_COMPLETED, tasks)
            println("S12 done ${done.size} pending ${pending.size} ${done.map { it.result() }}")
        }
    }
}
