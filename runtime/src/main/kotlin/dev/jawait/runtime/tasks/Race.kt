package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.Outcome
import dev.jawait.runtime.loop.Timer
import java.time.Duration

/**
 * The coroutine of `race`, `firstSuccess` and `hedge`: the first that ends as it [wins] decides, and the others are
 * cancelled and waited for.
 *
 * @param delay how long after one the next is started if none has ended; zero for all at once
 */
internal class Race<T>(
    name: String,
    private val input: Iterable<Awaitable<out T>>,
    private val delay: Duration = Duration.ZERO,
    private val wins: (Outcome<T>) -> Boolean,
) : Recipe<T>(name) {
    override suspend fun runIn(task: TaskImpl<*>): T {
        val racers = input.toList()
        require(racers.isNotEmpty()) { "${name()} needs something to run: there is nothing" }
        val course = Course(task, racers, delay)
        try {
            return course.winner(wins).valueOrThrow()
        } finally {
            course.clear()
        }
    }
}

/** Those that run, those that are yet to start, and the order in which they end. */
private class Course<T>(private val task: TaskImpl<*>, racers: List<Awaitable<out T>>, delay: Duration) {
    private val nanos = delay.saturatedNanos()
    private val waiting = ArrayDeque(racers)
    private val started = ArrayList<TaskImpl<out T>>()
    private val failures = ArrayList<Throwable>()

    /** Tasks that have ended; and how many had started, where the delay has passed since. */
    private val events = CompletionQueue<Any> { started.toList() }
    private var timer: Timer? = null

    suspend fun winner(wins: (Outcome<T>) -> Boolean): Outcome<T> {
        startNext()
        while (true) {
            when (val event = events.take(task)) {
                is TaskImpl<*> -> {
                    val outcome = outcomeOf(event)
                    if (wins(outcome)) return outcome
                    failures.add(outcome.exceptionOrNull()!!)
                    if (waiting.isNotEmpty()) {
                        startNext()
                    } else if (failures.size == started.size) {
                        throw allFailures()
                    }
                }

                started.size -> startNext()
            }
        }
    }

    @Suppress("UNCHECKED_CAST")
    private fun outcomeOf(ended: TaskImpl<*>): Outcome<T> {
        ended.markRetrieved()
        return ended.ended as Outcome<T>
    }

    private fun startNext() {
        do {
            val racer = waiting.removeFirst().ensureTask(task)
            started.add(racer)
            if (!racer.listen(events::put)) events.put(racer)
        } while (nanos <= 0 && waiting.isNotEmpty())
        timer?.cancel()
        val count = started.size
        timer = if (waiting.isEmpty()) null else task.timers.after(nanos) { events.put(count) }
    }

    private fun allFailures(): Throwable {
        val first = failures.first()
        failures.drop(1).filter { it !== first }.forEach(first::addSuppressed)
        return first
    }

    /** Ends what still runs. */
    suspend fun clear() {
        timer?.cancel()
        cancelAndWait(task, started)
    }
}
