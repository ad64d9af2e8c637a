package dev.jawait.samples.fetch

import io.ktor.http.ContentType
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCall
import io.ktor.server.response.respondBytes
import io.ktor.server.response.respondBytesWriter
import io.ktor.server.response.respondRedirect
import io.ktor.server.routing.Route
import io.ktor.server.routing.route
import io.ktor.utils.io.writeFully
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

/** What the demonstration of `fetch` asks for: pages of many delays and sizes, and what can go wrong with a page. */
internal fun Route.demoPages() {
    page("/page") { call -> call.answerPage() }
    page("/moved") { call -> call.answerMoved() }
    page("/circle") { call -> call.respondRedirect("/circle") }
    page("/hang") { awaitCancellation() }
    page("/broken") { call -> call.answerHalf() }
}

private fun Route.page(path: String, answer: suspend (ApplicationCall) -> Unit) = route(path) {
    handle { answer(call) }
}

private fun ApplicationCall.number(name: String, otherwise: Int = 0): Int = parameters[name]?.toInt() ?: otherwise

private fun ApplicationCall.statusAsked() = HttpStatusCode.fromValue(number("status", 200))

/** `?delay=` milliseconds to the head, `?pause=` more in the middle of the body of `?size=` bytes. */
private suspend fun ApplicationCall.answerPage() {
    delay(number("delay").milliseconds)
    val bytes = ByteArray(number("size", 100)) { 'j'.code.toByte() }
    if (number("pause") == 0) {
        return respondBytes(bytes, ContentType.Text.Plain, statusAsked())
    }
    respondBytesWriter(ContentType.Text.Plain, statusAsked(), bytes.size.toLong()) {
        val half = bytes.size / 2
        writeFully(bytes, 0, half)
        flush()
        delay(number("pause").milliseconds)
        writeFully(bytes, half, bytes.size)
    }
}

/** Redirects `?times=`, then to a page. */
private suspend fun ApplicationCall.answerMoved() {
    val times = number("times", 1)
    delay(number("delay").milliseconds)
    respondRedirect(if (times > 1) "/moved?times=${times - 1}&delay=${number("delay")}" else "/page?size=2000")
}

/** Says that 10,000 bytes come, and ends after half of them. */
private suspend fun ApplicationCall.answerHalf() = respondBytesWriter(ContentType.Text.Plain, contentLength = 10_000) {
    writeFully(ByteArray(5_000))
    flush()
    error("The other half is missing on purpose")
}
