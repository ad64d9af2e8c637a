package dev.jawait.samples.kotlin

import dev.jawait.http.ClientException
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.TimeSource

/** S08: gather throws the first error at once, here that of a bad URL, and the other request goes on. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
            val finished = CopyOnWriteArrayList<Int>()
            val good = createTask(session.get(server.url("/slow?units=2")) { finished += it.status })
            val start = TimeSource.Monotonic.markNow()
            try {
                gather(good, session.get("gopher://nowhere") { it.status })
            } catch (error: ClientException) {
                val units = start.elapsedNow().inWholeMilliseconds / 100
                println("S08 raised client error after $units finished $finished")
            }
            good.await()
            println("S08 the other one went on $finished")
        }
    }
}
