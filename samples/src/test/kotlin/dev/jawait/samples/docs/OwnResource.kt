package dev.jawait.samples.docs

import dev.jawait.kotlin.asyncResource
import dev.jawait.kotlin.use

private fun transaction() = asyncResource(
    enter = {
        println("begin")
        "transaction 1"
    },
    exit = { _, error -> println(if (error == null) "commit" else "roll back: ${error.message}") },
)

suspend fun main() {
    println(transaction().use { name -> "$name is done" })
    try {
        transaction().use { "one".toInt() }
    } catch (_: NumberFormatException) {
        println("the error goes on to the caller")
    }
}
