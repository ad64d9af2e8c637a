package dev.jawait.runtime.sync

import dev.jawait.Coroutine
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.WaitLine
import dev.jawait.sync.Event

internal class EventImpl : Event {
    private val line = WaitLine<Unit>(this)
    private var set = false

    override fun set() {
        val waiting =
            synchronized(this) {
                set = true
                line.callUp()
            }
        waiting.forEach { it.give(Unit) }
    }

    @Synchronized
    override fun clear() {
        set = false
    }

    @Synchronized
    override fun isSet(): Boolean = set

    override fun waitFor(): Coroutine<Void?> = NativeBody("Event.waitFor") { task ->
        enter()?.let { task.awaitPromise(it) }
        null
    }

    @Synchronized
    private fun enter() = if (set) null else line.enter()

    @Synchronized
    override fun toString(): String = "Event[${if (set) "set" else "not set"}, ${line.size} waiting]"
}
