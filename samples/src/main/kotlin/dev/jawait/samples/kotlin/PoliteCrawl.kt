package dev.jawait.samples.kotlin

import com.sun.net.httpserver.HttpServer
import dev.jawait.Coroutine
import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gatherOutcomes
import dev.jawait.kotlin.sleep
import dev.jawait.kotlin.timeout
import dev.jawait.kotlin.withLock
import dev.jawait.sync.Lock
import java.net.InetSocketAddress
import java.net.URI
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

private const val MAX_PAGES = 10
private val pause = 50.milliseconds
private val link = Regex("href='([^']+)'")

/** Crawls two endless sites level by level, 10 pages at most: a request at a time to each host, and a pause before it. */
suspend fun main() {
    val sites = List(2) { site() }
    try {
        Connector.builder().limit(20).limitPerHost(1).build().use { pool ->
            val session =
                ClientSession {
                    connector(pool)
                    raiseForStatus(true)
                    maxBodyBytes(1 shl 20)
                }
            session.use { Crawl(it).from(sites.map { site -> URI("http://127.0.0.1:${site.address.port}/1") }) }
        }
    } finally {
        sites.forEach { it.stop(0) }
    }
}

private class Crawl(private val session: ClientSession) {
    private val hosts = ConcurrentHashMap<String, Lock>()
    private val seen = mutableSetOf<URI>()

    suspend fun from(starts: List<URI>) {
        seen += starts
        var level = starts
        while (level.isNotEmpty()) {
            val pages = gatherOutcomes(level.map(::links))
            println("${level.map { it.path }} broken: ${pages.count { !it.isSuccess }}")
            level = pages.filter { it.isSuccess }.flatMap { it.get() }.filter { seen.size < MAX_PAGES && seen.add(it) }
        }
    }

    private fun links(page: URI): Coroutine<List<URI>> = coroutine {
        hosts.computeIfAbsent(page.authority) { Lock.create() }.withLock {
            sleep(pause)
            val html = session.request("GET", page).timeout(10.seconds).text().await()
            link.findAll(html).map { page.resolve(it.groupValues[1]) }.toList()
        }
    }
}

/** Each page leads to two more; page 5 is gone. */
private fun site(): HttpServer = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0).apply {
    createContext("/") { exchange ->
        val page = exchange.requestURI.path.drop(1).toInt()
        val html = "<a href='/${2 * page}'><a href='/${2 * page + 1}'>".encodeToByteArray()
        exchange.sendResponseHeaders(if (page == 5) 404 else 200, html.size.toLong())
        exchange.responseBody.write(html)
        exchange.close()
    }
    start()
}
