package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.runtime.loop.Loop
import java.util.IdentityHashMap

/** The tasks of a combinator: one for each place in [input]; the same awaitable has the same task. */
internal class Starting<T>(input: Iterable<Awaitable<out T>>, private val creator: TaskImpl<*>) {
    private val size = (input as? Collection)?.size

    /** None for an input that is not all there yet: what it still has to give may depend on what has been started. */
    private val batches = if (size == null ||
        creator.runner.isConfined
    ) {
        null
    } else {
        StartBatches(creator.runner.loops.size())
    }
    private val known = IdentityHashMap<Awaitable<out T>, TaskImpl<T>>(size ?: UNKNOWN)

    val places: List<TaskImpl<T>> = ArrayList<TaskImpl<T>>(size ?: UNKNOWN).also { places ->
        try {
            input.mapTo(places) { known.getOrPut(it) { taskOf(it) } }
        } finally {
            batches?.startAll()
        }
    }

    /** Each once. */
    val tasks: List<TaskImpl<T>> = if (known.size == places.size) places else places.distinct()

    @Suppress("UNCHECKED_CAST")
    private fun taskOf(awaitable: Awaitable<out T>): TaskImpl<T> = if (batches != null && awaitable is Recipe<out T>) {
        creator.runner.newTask(null, awaitable, creator).also { it.begin(batches) }
    } else {
        awaitable.ensureTask(creator)
    } as TaskImpl<T>

    private companion object {
        const val UNKNOWN = 10
    }
}

/** First steps that go to their loops several at a time, so that a loop is woken up, and its queue is locked, less often. */
internal class StartBatches(loops: Int) {
    private val batches = arrayOfNulls<Batch>(loops)

    /** Puts the first step of [task], whose place is [loop], in line, soon. */
    fun add(task: TaskImpl<*>, loop: Loop) {
        val batch = batches[loop.index()] ?: Batch(loop).also { batches[loop.index()] = it }
        if (batch.add(task)) return
        batch.start()
        batches[loop.index()] = null
    }

    fun startAll(): Unit = batches.forEach { it?.start() }

    private class Batch(private val loop: Loop) : Runnable {
        private val tasks = arrayOfNulls<TaskImpl<*>>(SIZE)
        private var size = 0
        private var next = 0

        /** False if there is no place for another one. */
        fun add(task: TaskImpl<*>): Boolean {
            tasks[size++] = task
            return size < SIZE
        }

        fun start(): Unit = loop.execute(this)

        override fun run() {
            try {
                while (next < size) tasks[next++]!!.run()
            } finally {
                // A fault in one is none of the others.
                if (next < size) loop.execute(this)
            }
        }
    }

    private companion object {
        /** Few enough for the first one not to be late, and for sockets not to wait. */
        const val SIZE = 32
    }
}
