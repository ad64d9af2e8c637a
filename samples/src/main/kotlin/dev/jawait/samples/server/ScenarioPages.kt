package dev.jawait.samples.server

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCall
import io.ktor.server.request.httpMethod
import io.ktor.server.request.receiveText
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.route
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

private val unit = 100.milliseconds

/** What the scenarios ask for. Every page answers every method. */
internal fun Route.scenarioPages(load: Load) {
    page("/slow") { call -> call.answerSlowly() }
    page("/busy") { call -> call.answerCounted(load) }
    page("/echo") { call -> call.respondText("${call.request.httpMethod.value} ${call.receiveText()}") }
    page("/cookie") { call ->
        val seen = call.request.cookies["visit"] ?: "none"
        call.response.cookies.append("visit", "seen")
        call.respondText(seen)
    }
}

internal fun Route.page(path: String, answer: suspend (ApplicationCall) -> Unit) =
    route(path) { handle { answer(call) } }

internal fun ApplicationCall.number(name: String, otherwise: Int = 0): Int = parameters[name]?.toInt() ?: otherwise

internal fun ApplicationCall.statusAsked() = HttpStatusCode.fromValue(number("status", 200))

private suspend fun ApplicationCall.answerSlowly() {
    delay(unit * (parameters["units"]?.toDouble() ?: 0.0))
    respondText(parameters["body"] ?: "ok", status = statusAsked())
}

/** Takes 20 ms, and at first as long as it takes to have `?together=` requests here at once. */
private suspend fun ApplicationCall.answerCounted(load: Load) {
    load.enter(request.local.remotePort)
    try {
        load.awaitOthers(number("together"))
        delay(20.milliseconds)
    } finally {
        load.leave()
    }
    respondText("ok")
}
