package dev.jawait.runtime.sync

import dev.jawait.Coroutine
import dev.jawait.runtime.tasks.Acquiring
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.WaitLine
import dev.jawait.runtime.tasks.awaitTurn

/**
 * Permits for tasks, first come first served: what locks and semaphores are. One that is given back while somebody waits
 * goes from hand to hand, so that nobody can overtake.
 *
 * @param limit of the permits that are free
 */
internal abstract class Permits(private val name: String, private var free: Int, private val limit: Int) {
    private val line = WaitLine<Unit>(this)

    /** What is said of a permit too many. */
    protected abstract val tooMany: String

    fun acquire(): Coroutine<Void?> = Acquiring("$name.acquire", ::acquireIn) { release() }

    private suspend fun acquireIn(task: TaskImpl<*>): Void? {
        task.awaitTurn(acquireOrEnter() ?: return null) { release() }
        return null
    }

    /** Takes a permit, or a place in the line. */
    @Synchronized
    fun acquireOrEnter(): WaitLine<Unit>.Waiter? = if (tryAcquire()) null else line.enter()

    @Synchronized
    fun tryAcquire(): Boolean = (free > 0).also { if (it) free-- }

    fun release() {
        val next =
            synchronized(this) {
                check(free < limit) { tooMany }
                line.callFirst().also { if (it == null) free++ }
            }
        next?.give(Unit)
    }

    @Synchronized
    fun isLocked(): Boolean = free == 0

    fun exit(@Suppress("unused") resource: Void?, @Suppress("unused") error: Throwable?): Coroutine<Void?> =
        NativeBody("$name.release") {
            release()
            null
        }

    @Synchronized
    override fun toString(): String = "$name[$free free, ${line.size} waiting]"
}
