package dev.jawait.runtime.session

import java.util.concurrent.atomic.AtomicLong

/** How many retries a session has left: each request earns it a part of one, some are free. */
internal class RetryBudget {
    private val thousandths = AtomicLong(FREE * ONE)

    /** A request begins, which earns [share] of a retry. */
    fun earn(share: Double) {
        thousandths.updateAndGet { minOf(it + (share * ONE).toLong(), MOST * ONE) }
    }

    /** Whether there is one more, which is gone then. Without a share there is no limit. */
    fun spend(share: Double): Boolean =
        share == 0.0 || thousandths.getAndUpdate { if (it >= ONE) it - ONE else it } >= ONE

    private companion object {
        private const val ONE = 1000L
        private const val FREE = 10
        private const val MOST = 100
    }
}
