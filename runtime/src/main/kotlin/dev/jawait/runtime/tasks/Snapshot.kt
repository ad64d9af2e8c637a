package dev.jawait.runtime.tasks

/** What code elsewhere is to find as it is here and now: context variables, and the thread locals that follow tasks. */
internal class Snapshot private constructor(private val bindings: Bindings, private val carried: Carried?) {
    /** Runs [code], which is part of no task, with these values on the calling thread. */
    inline fun <R> around(code: () -> R): R {
        val before = Carried.capture()
        val boundBefore = Current.exchangeBindings(bindings)
        Carried.replace(before, carried)
        try {
            return code()
        } finally {
            Carried.replace(Carried.capture(), before)
            Current.exchangeBindings(boundBefore)
        }
    }

    /** Gives the code that runs here these values, for good. */
    fun restore() {
        Carried.replace(Carried.capture(), carried)
        Current.bindings = bindings
    }

    companion object {
        fun take() = Snapshot(Current.bindings, Carried.capture())
    }
}
