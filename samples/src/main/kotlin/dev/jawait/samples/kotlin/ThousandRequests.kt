package dev.jawait.samples.kotlin

import dev.jawait.http.Connector
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer

/** S06: gathers 1,000 requests on one session, which opens 100 connections at most, then 70 over 7 connections. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            val statuses = gather(List(1000) { session.get(server.url("/busy?together=100")) { it.status } })
            println("S06 requests ${statuses.size} statuses ${statuses.distinct().sorted()} ${load(server)}")
        }
        server.resetCounts()
        Connector.builder().limit(7).build().use { seven ->
            ClientSession { connector(seven) }.use { session ->
                gather(List(70) { session.get(server.url("/busy?together=7")) { it.status } })
                println("S06 limit 7: ${load(server)}")
            }
        }
    }
}

private fun load(server: SampleServer) =
    "server saw at most ${server.mostAtOnce()} at once, over ${server.connections()} connections"
