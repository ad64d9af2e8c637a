package dev.jawait.benchmarks.http

import dev.jawait.kotlin.await
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** Coroutines of Kotlin's, each of which awaits one request after the other. */
internal class JawaitSuspend(settings: Settings) : Client {
    private val session = JawaitSession(settings, null)

    override fun run(job: Job, recorder: Recorder) = inLanes(job, recorder) { url ->
        200 to session.bytes(url).await().size
    }

    override fun close() = session.close()
}

/** Sends one request after the other in each of as many coroutines as the workload asks for; [send] gives status and length. */
internal fun inLanes(job: Job, recorder: Recorder, send: suspend (String) -> Pair<Int, Int>) =
    runBlocking(Dispatchers.Default) {
        repeat(job.workload().atOnce()) { lane ->
            launch {
                var number = lane
                while (!job.isOver) {
                    val start = System.nanoTime()
                    runCatching { send(job.url(number++)) }
                        .onSuccess { (status, length) -> recorder.answered(start, status, length) }
                        .onFailure(recorder::failed)
                }
            }
        }
    }
