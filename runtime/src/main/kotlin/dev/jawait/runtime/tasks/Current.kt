package dev.jawait.runtime.tasks

import dev.jawait.runtime.loop.Loop

/** Refuses, as [what], to block a thread that others need: that of an event loop, or one that has the turn. */
internal fun checkMayBlock(what: String) {
    check(Loop.current() == null) { "$what would block an event loop: use onDone, toFuture or await" }
    check(Current.task?.runner?.isConfined != true) {
        "$what would keep the turn that a confined runner's other tasks need: use await"
    }
}

/** Whose code the calling thread runs: which task's, and with which values of context variables. */
internal object Current {
    /** What a thread runs. */
    class Holder {
        @JvmField var task: TaskImpl<*>? = null

        @JvmField var bindings: Bindings = Bindings.NONE
    }

    private val holders = ThreadLocal.withInitial { Holder() }

    val task: TaskImpl<*>? get() = holders.get().task

    /** That of the calling thread. */
    fun holder(): Holder = holders.get()

    /** Those of the task, else those of the thread. */
    var bindings: Bindings
        get() = holders.get().let { it.task?.bindings ?: it.bindings }
        set(value) {
            val holder = holders.get()
            val task = holder.task
            if (task == null) holder.bindings = value else task.bindings = value
        }

    /** Runs [step] as code of [task], on a thread that has what the task's code needs. */
    inline fun <R> during(task: TaskImpl<*>?, step: () -> R): R {
        val previous = exchange(task)
        try {
            return step()
        } finally {
            exchange(previous)
        }
    }

    fun exchange(task: TaskImpl<*>?): TaskImpl<*>? {
        val holder = holders.get()
        return holder.task.also { holder.task = task }
    }

    /** Binds [bindings] for code outside of tasks; returns what was bound. */
    fun exchangeBindings(bindings: Bindings): Bindings {
        val holder = holders.get()
        return holder.bindings.also { holder.bindings = bindings }
    }
}
