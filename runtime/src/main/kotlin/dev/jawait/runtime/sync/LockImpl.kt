package dev.jawait.runtime.sync

import dev.jawait.sync.Lock

internal class LockImpl :
    Permits("Lock", free = 1, limit = 1),
    Lock {
    override val tooMany get() = "The lock is not acquired: there is nothing to release"
}
