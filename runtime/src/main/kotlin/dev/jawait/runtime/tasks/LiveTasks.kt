package dev.jawait.runtime.tasks

/** A set of tasks, in the order they came: a list through the tasks themselves, so that being in it costs no object. */
internal class LiveTasks {
    private var first: TaskImpl<*>? = null
    private var last: TaskImpl<*>? = null

    @Synchronized
    fun add(task: TaskImpl<*>) {
        val before = last
        task.before = before
        if (before == null) first = task else before.after = task
        last = task
    }

    /** Takes [task] out, if it is there. */
    @Synchronized
    fun remove(task: TaskImpl<*>) {
        val before = task.before
        val after = task.after
        if (before == null && first !== task) return
        if (before == null) first = after else before.after = after
        if (after == null) last = before else after.before = before
        task.before = null
        task.after = null
    }

    @Synchronized
    fun all(): List<TaskImpl<*>> = generateSequence(first) { it.after }.toList()
}
