package dev.jawait.runtime.sync

import dev.jawait.sync.BoundedSemaphore
import dev.jawait.sync.Semaphore

internal class SemaphoreImpl(permits: Int) :
    Permits("Semaphore", checkedPermits(permits), limit = Int.MAX_VALUE),
    Semaphore {
    override val tooMany get() = "The semaphore has ${Int.MAX_VALUE} permits, and cannot have more"
}

internal class BoundedSemaphoreImpl(private val permits: Int) :
    Permits("BoundedSemaphore", checkedPermits(permits), limit = permits),
    BoundedSemaphore {
    override val tooMany
        get() = "The semaphore has all of its $permits permits: release() was called more often than acquire()"
}

private fun checkedPermits(permits: Int) = permits.also {
    require(it >= 0) { "A semaphore cannot have fewer than no permits: $it" }
}
