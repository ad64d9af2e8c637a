package dev.jawait.runtime.sync

import dev.jawait.Coroutine
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.WaitLine
import dev.jawait.sync.Barrier
import dev.jawait.sync.BarrierBrokenException

internal class BarrierImpl(private val parties: Int) : Barrier {
    private val line = WaitLine<Int>(this)
    private var broken = false

    init {
        require(parties >= 1) { "A barrier needs a party at least: $parties" }
    }

    override fun waitFor(): Coroutine<Int> = NativeBody("Barrier.waitFor") { task -> task.awaitPromise(arrive()) }

    private fun arrive(): WaitLine<Int>.Waiter {
        val all: List<WaitLine<Int>.Waiter>
        val own =
            synchronized(this) {
                if (broken) throw BarrierBrokenException("The barrier was aborted")
                line.enter().also { all = if (line.size == parties) line.callUp() else emptyList() }
            }
        all.forEachIndexed { index, waiter -> waiter.give(index) }
        return own
    }

    override fun reset(): Unit = dismiss(false, "The barrier was reset")

    override fun abort(): Unit = dismiss(true, "The barrier was aborted")

    private fun dismiss(breaks: Boolean, reason: String) {
        val waiting =
            synchronized(this) {
                broken = breaks
                line.callUp()
            }
        waiting.forEach { it.fail(BarrierBrokenException(reason)) }
    }

    override fun exit(index: Int, error: Throwable?): Coroutine<Void?> = NativeBody("Barrier.exit") { null }

    @Synchronized
    override fun isBroken(): Boolean = broken

    override fun parties(): Int = parties

    @Synchronized
    override fun waiting(): Int = line.size

    @Synchronized
    override fun toString(): String = "Barrier[${line.size} of $parties waiting${if (broken) ", broken" else ""}]"
}
