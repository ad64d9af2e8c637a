package dev.jawait.samples.docs

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status

suspend fun main(urls: Array<String>) {
    ClientSession().use { session ->
        println(gather(urls.map { url -> session.get(url) { it.status } }))
    }
}
