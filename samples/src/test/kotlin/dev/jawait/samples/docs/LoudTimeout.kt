package dev.jawait.samples.docs

import dev.jawait.TaskGroupException
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.taskGroup
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds
import dev.jawait.kotlin.withTimeout as withTimeoutOfJawait
import kotlinx.coroutines.withTimeout as withTimeoutOfKotlinx

suspend fun main() {
    coroutineScope {
        launch {
            withTimeoutOfKotlinx(10.milliseconds) { delay(1.days) }
        }
    }
    println("kotlinx: the job was not done, and nobody is told")

    try {
        taskGroup {
            createTask { withTimeoutOfJawait(10.milliseconds) { delay(1.days) } }
        }
    } catch (e: TaskGroupException) {
        println("Jawait: ${e.exceptions().single().message}")
    }
}
