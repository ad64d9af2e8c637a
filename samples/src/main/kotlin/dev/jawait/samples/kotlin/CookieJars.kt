package dev.jawait.samples.kotlin

import dev.jawait.http.CookieJar
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.samples.server.SampleServer

/** S19: a session keeps cookies and sends them back, unless it has no jar. */
suspend fun main() {
    SampleServer().use { server ->
        visitTwice("jar", CookieJar.create(), server)
        visitTwice("no jar", CookieJar.none(), server)
    }
}

private suspend fun visitTwice(name: String, jar: CookieJar, server: SampleServer) {
    ClientSession { cookieJar(jar) }.use { session ->
        repeat(2) { println("S19 $name ${session.get(server.url("/cookie")).text().await()}") }
    }
}
