package dev.jawait.samples.docs

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asDeferred
import dev.jawait.kotlin.asTask
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext

suspend fun main(args: Array<String>) {
    ClientSession().use { session ->
        withContext(Dispatchers.Default) {
            val theirs = async { "of kotlinx" }
            val ours = createTask(session.get(args[0]) { it.status })
            println(gather(theirs.asTask(), ours)) // a Deferred among tasks
        }
        coroutineScope {
            val ours = createTask(session.get(args[0]) { it.status })
            println(awaitAll(async { "of kotlinx" }, ours.asDeferred())) // a task among Deferreds
        }
    }
}
