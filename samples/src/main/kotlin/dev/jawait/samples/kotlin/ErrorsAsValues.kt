package dev.jawait.samples.kotlin

import dev.jawait.Outcome
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.gatherOutcomes
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer

/** S09: gathers a good and a bad URL; with `gatherOutcomes` the error is a value in its place. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            val outcomes =
                gatherOutcomes(
                    session.get(server.url("/slow")) { it.status },
                    session.get("gopher://nowhere") { it.status },
                )
            val values = outcomes.filterIsInstance<Outcome.Success<Int>>().map { it.value }
            println("S09 values $values errors ${outcomes.size - values.size}")
        }
    }
}
