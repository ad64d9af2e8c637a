package dev.jawait.runtime.session

import dev.jawait.runtime.loop.Timer
import dev.jawait.runtime.loop.Timers

/** Pings after [interval] nanoseconds of silence, and gives up after half of that again. On the loop of [timers]. */
internal class WebSocketHeartbeat(
    private val interval: Long,
    private val timers: Timers,
    private val ping: () -> Unit,
    private val giveUp: () -> Unit,
) {
    private var heardAt = timers.nanoTime()
    private var pingedAt = heardAt
    private var deaf = false
    private var resumedAt = heardAt - interval
    private var timer: Timer? = timers.after(interval, ::beat)

    /** Something has come. */
    fun heard() {
        heardAt = timers.nanoTime()
    }

    /** Nothing is read for now, so an answer would not be seen. */
    fun pauses() {
        deaf = true
    }

    /** What has come meanwhile will be read. */
    fun resumes() {
        deaf = false
        resumedAt = timers.nanoTime()
    }

    fun stop() {
        timer?.cancel()
        timer = null
    }

    private fun beat() {
        val left = interval - (timers.nanoTime() - heardAt)
        if (left > 0) {
            timer = timers.after(left, ::beat)
        } else {
            pingedAt = timers.nanoTime()
            timer = timers.after(interval / 2, ::check)
            ping()
        }
    }

    private fun check() {
        if (heardAt - pingedAt > 0) {
            beat()
        } else if (deaf || timers.nanoTime() - resumedAt < interval / 2) {
            timer = timers.after(interval / 2, ::check)
        } else {
            timer = null
            giveUp()
        }
    }
}
