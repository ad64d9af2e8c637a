package dev.jawait.runtime.tasks

/** Which task's step the calling thread runs. */
internal object Current {
    private class Holder(@JvmField var task: TaskImpl<*>?)

    private val holders = ThreadLocal.withInitial { Holder(null) }

    val task: TaskImpl<*>? get() = holders.get().task

    /** Runs [step] as a step of [task]. */
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
}
