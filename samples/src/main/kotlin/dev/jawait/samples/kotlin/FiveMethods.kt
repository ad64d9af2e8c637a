package dev.jawait.samples.kotlin

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.samples.server.SampleServer

/** S20: GET, POST, PUT, PATCH and DELETE, all but the first with a body. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            val url = server.url("/echo")
            println("S20 ${session.get(url).text().await()}")
            println("S20 ${session.post(url).body("x").text().await()}")
            println("S20 ${session.put(url).body("x").text().await()}")
            println("S20 ${session.patch(url).body("x").text().await()}")
            println("S20 ${session.delete(url).body("x").text().await()}")
        }
    }
}
