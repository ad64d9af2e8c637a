package dev.jawait.runtime.session

import dev.jawait.http.Headers
import io.netty.handler.codec.DateFormatter
import java.time.Duration

/** What `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date. */
internal object RetryAfter {
    private const val MAX_SECONDS = 1_000_000_000L

    /** Null if [headers] ask for nothing that is understood. */
    fun of(headers: Headers): Duration? {
        val value = headers.get("retry-after")?.trim() ?: return null
        if (value.isNotEmpty() && value.all { it in '0'..'9' }) {
            return Duration.ofSeconds(minOf(value.toLongOrNull() ?: MAX_SECONDS, MAX_SECONDS))
        }
        val date = DateFormatter.parseHttpDate(value) ?: return null
        return maxOf(Duration.ZERO, Duration.ofMillis(date.time - System.currentTimeMillis()))
    }
}
