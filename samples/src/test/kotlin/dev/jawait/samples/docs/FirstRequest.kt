package dev.jawait.samples.docs

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await

suspend fun main(args: Array<String>) {
    ClientSession().use { session ->
        val text = session.get(args[0]).text().await()
        println(text)
    }
}
