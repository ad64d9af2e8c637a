package dev.jawait.samples.kotlin

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer

/** S02: opens a session, asks for two pages and prints their statuses; each response is released after its lambda. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            val found = session.get(server.url("/slow")) { it.status }.await()
            val missing = session.get(server.url("/slow?status=404")) { it.status }.await()
            println("S02 status $found $missing")
        }
    }
}
