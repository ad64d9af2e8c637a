package dev.jawait.runtime.session

import dev.jawait.http.ClientListener
import dev.jawait.http.ClientResponseException
import dev.jawait.http.RequestInfo
import dev.jawait.http.RetryPolicy
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.saturatedNanos
import dev.jawait.runtime.tasks.sleep
import dev.jawait.runtime.transport.Limits
import java.time.Duration
import java.util.concurrent.CancellationException
import java.util.concurrent.ThreadLocalRandom

/** How often a request is sent, and when: a [RetryPolicy] at work. */
internal class Attempts(
    private val policy: RetryPolicy,
    private val budget: RetryBudget,
    private val limits: Limits,
    private val listener: ClientListener?,
    private val task: TaskImpl<*>,
) {
    /** What an attempt has come to, if it may be followed by another. */
    private class Unwanted(val response: ResponseImpl?, val error: Exception?) {
        fun get(): ResponseImpl = response ?: throw error!!

        fun cause(): Throwable = error ?: response!!.let {
            ClientResponseException(Printable.of(it.reason()), null, it.status(), it.method(), it.url(), it.headers())
        }
    }

    suspend fun of(hop: Hop, first: RequestInfo, send: suspend (RequestInfo) -> ResponseImpl): ResponseImpl {
        budget.earn(policy.budget())
        var info = first
        while (true) {
            val end =
                try {
                    val response = send(info)
                    if (response.status() in policy.statuses()) Unwanted(response, null) else return response
                } catch (error: Exception) {
                    if (isFinal(error)) throw error
                    Unwanted(null, error)
                }
            val pause = pauseAfter(end, info.attempt(), hop) ?: return end.get()
            listener?.let { quietly { it.retried(info, end.cause()) } }
            end.response?.discardSmall(task)
            task.sleep(pause.saturatedNanos())
            info = next(info)
        }
    }

    private fun isFinal(error: Exception) = error is CancellationException || !policy.errors().test(error)

    private fun next(info: RequestInfo) =
        RequestInfo(info.method(), info.url(), info.hop(), info.attempt() + 1, info.tag())

    /** How long to wait before the next attempt; null if there is to be none. */
    private fun pauseAfter(end: Unwanted, attempt: Int, hop: Hop): Duration? {
        if (attempt == policy.attempts() || hop.body?.isSpent == true) return null
        val asked = end.response?.let { RetryAfter.of(it.headers()) } ?: Duration.ZERO
        val pause = maxOf(asked, backoff(attempt))
        val isTooLong = asked > policy.maxRetryAfter() || limits.remaining()?.let { it <= pause } == true
        return if (isTooLong || !budget.spend(policy.budget())) null else pause
    }

    private fun backoff(attempt: Int): Duration {
        val longest = policy.maxBackoff().saturatedNanos()
        val doubled = Math.scalb(policy.backoff().saturatedNanos().toDouble(), attempt - 1)
        val nanos = minOf(doubled, longest.toDouble()).toLong().coerceAtMost(Long.MAX_VALUE - 1)
        return Duration.ofNanos(if (policy.jitter()) ThreadLocalRandom.current().nextLong(nanos + 1) else nanos)
    }
}
