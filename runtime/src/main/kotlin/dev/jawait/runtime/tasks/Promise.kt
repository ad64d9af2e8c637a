package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import dev.jawait.Outcome

/** Something that ends once: asyncio's Future. Safe from any thread; listeners are called on the thread that ends it. */
internal open class Promise<T> {
    @Volatile
    private var end: Outcome<T>? = null

    /** Null, one [Listener], or a list of them. Guarded by this. */
    private var listeners: Any? = null

    /** How it ended, or null. */
    val ended: Outcome<T>? get() = end

    /** Ends it, and tells the listeners in the order they came; false if it had ended. */
    fun end(outcome: Outcome<T>): Boolean {
        tell(synchronized(this) { if (end != null) return false else seal(outcome) })
        return true
    }

    /** Sets the end, under the lock; returns what to [tell] once outside of it. */
    protected fun seal(outcome: Outcome<T>): Any? {
        end = outcome
        return listeners.also { listeners = null }
    }

    protected fun tell(waiting: Any?): Unit = when (waiting) {
        null -> Unit
        is Listener -> waiting.onEnd(this)
        else -> listOf(waiting).forEach { it.onEnd(this) }
    }

    /** Registers [listener]; false, and it is never called, if this has ended. */
    fun listen(listener: Listener): Boolean = synchronized(this) {
        if (end != null) return false
        when (val waiting = listeners) {
            null -> listeners = listener
            is Listener -> listeners = arrayListOf(waiting, listener)
            else -> listOf(waiting).add(listener)
        }
        true
    }

    /** Takes [listener] out again; false if it was not there, or has been called or is about to be. */
    fun forget(listener: Listener): Boolean = synchronized(this) {
        when (val waiting = listeners) {
            null -> false
            is Listener -> (waiting === listener).also { if (it) listeners = null }
            else -> listOf(waiting).remove(listener)
        }
    }

    /** Asks it to end; false if it had, or if there is nothing to cancel. */
    open fun cancel(message: String?): Boolean = end(Outcome.Cancelled(CancelledException(message)))

    @Suppress("UNCHECKED_CAST")
    private fun listOf(listeners: Any) = listeners as ArrayList<Listener>

    /** The tasks that whoever awaits this waits for; for dumps. Its words are [toString]'s. */
    open fun awaited(): Collection<TaskImpl<*>> = emptyList()

    override fun toString(): String = "something outside"

    /** Hears that a promise has ended. Must neither block nor throw. */
    fun interface Listener {
        fun onEnd(promise: Promise<*>)
    }
}

/** The value, or the exception as it was thrown: unlike [Outcome.get], never wrapped. */
internal fun <T> Outcome<T>.valueOrThrow(): T = if (this is Outcome.Success) value() else throw exceptionOrNull()!!
