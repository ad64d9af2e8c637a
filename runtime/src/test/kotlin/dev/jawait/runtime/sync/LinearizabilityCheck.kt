package dev.jawait.runtime.sync

import dev.jawait.runtime.tasks.CompletionQueue
import dev.jawait.runtime.tasks.WaitLine
import io.kotest.core.spec.style.FunSpec
import org.jetbrains.lincheck.datastructures.IntGen
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions
import org.jetbrains.lincheck.datastructures.Operation
import org.jetbrains.lincheck.datastructures.Param
import org.jetbrains.lincheck.datastructures.StressOptions
import org.jetbrains.lincheck.datastructures.ThreadIdGen

/**
 * Lincheck runs few operations on two or three threads, in many orders, and looks for results that no order of whole operations
 * explains: a permit or an item that is lost or doubled, or somebody who overtakes.
 */
class LinearizabilityCheck :
    FunSpec({
        listOf(
            PermitOperations::class,
            QueueOperations::class,
            CompletionOperations::class,
        ).forEach { operations ->
            test("${operations.simpleName}, orders chosen") {
                ModelCheckingOptions().threads(3).actorsPerThread(3).iterations(10).invocationsPerIteration(400)
                    .check(operations)
            }
            test("${operations.simpleName}, orders as they come") {
                StressOptions().threads(2).actorsPerThread(4).iterations(15).invocationsPerIteration(1000)
                    .check(operations)
            }
        }
    })

/** A place in a line for each thread, and what becomes of it; what a task does, without one. */
internal class Places<T>(private val owner: Any) {
    private val waiters = arrayOfNulls<WaitLine<T>.Waiter>(THREADS)

    fun waits(thread: Int): Boolean = waiters[thread] != null

    fun keep(thread: Int, waiter: WaitLine<T>.Waiter): String {
        waiters[thread] = waiter
        return "waits"
    }

    /** Goes on if it was called up. */
    fun poll(thread: Int, called: (T) -> Any): Any {
        val waiter = waiters[thread] ?: return "nothing"
        if (synchronized(owner) { waiter.waits }) return "not yet"
        waiters[thread] = null
        return called(waiter.given())
    }

    /** Cancels it; where it is called up, what it is given is handed back. */
    fun cancel(thread: Int, handBack: (T) -> Unit): Any {
        val waiter = waiters[thread] ?: return "nothing"
        waiters[thread] = null
        if (waiter.cancel(null)) return "cancelled"
        handBack(waiter.given())
        return "handed back"
    }

    /** Who was called up is given it in a moment. */
    private fun WaitLine<T>.Waiter.given(): T {
        while (true) ended?.let { return it.get() } ?: Thread.onSpinWait()
    }

    private companion object {
        const val THREADS = 5
    }
}

internal class PermitOperations {
    private val semaphore = SemaphoreImpl(1)
    private val places = Places<Unit>(semaphore)

    @Operation
    fun tryAcquire() = semaphore.tryAcquire()

    @Operation
    fun release() = semaphore.release()

    @Operation
    fun acquire(@Param(gen = ThreadIdGen::class) thread: Int): Any = when {
        places.waits(thread) -> "waits already"
        else -> semaphore.acquireOrEnter()?.let { places.keep(thread, it) } ?: "acquired"
    }

    @Operation
    fun poll(@Param(gen = ThreadIdGen::class) thread: Int): Any = places.poll(thread) { "acquired" }

    @Operation
    fun cancel(@Param(gen = ThreadIdGen::class) thread: Int): Any = places.cancel(thread) { semaphore.release() }
}

internal class QueueOperations {
    private val queue = QueueImpl(1, FifoItems<Int>())
    private val getters = Places<Unit>(queue)
    private val putters = Places<Unit>(queue)

    @Operation
    fun putNowait(@Param(gen = IntGen::class, conf = "1:9") item: Int) = queue.putNowait(item)

    @Operation
    fun getNowait() = queue.getNowait()

    @Operation
    fun get(@Param(gen = ThreadIdGen::class) thread: Int): Any = when {
        getters.waits(thread) -> "waits already"
        else -> queue.getOr { return getters.keep(thread, it) }
    }

    @Operation
    fun pollGet(@Param(gen = ThreadIdGen::class) thread: Int): Any = getters.poll(thread) { queue.takePromised() }

    @Operation
    fun cancelGet(@Param(gen = ThreadIdGen::class) thread: Int): Any = getters.cancel(thread) { queue.returnItem() }

    @Operation
    fun put(@Param(gen = ThreadIdGen::class) thread: Int): Any = when {
        putters.waits(thread) -> "waits already"
        else -> queue.putOrEnter(10 + thread)?.let { putters.keep(thread, it) } ?: "put"
    }

    @Operation
    fun pollPut(@Param(gen = ThreadIdGen::class) thread: Int): Any = putters.poll(thread) { putInPlace(thread) }

    private fun putInPlace(thread: Int): Any {
        queue.putInPlace(10 + thread)
        return "put"
    }

    @Operation
    fun cancelPut(@Param(gen = ThreadIdGen::class) thread: Int): Any = putters.cancel(thread) { queue.returnPlace() }

    @Operation(runOnce = true)
    fun shutdown() = queue.shutdown(false)
}

internal class CompletionOperations {
    private val queue = CompletionQueue<Int>()
    private val takers = Places<Int>(queue)

    @Operation
    fun put(@Param(gen = IntGen::class, conf = "1:9") item: Int) = queue.put(item)

    @Operation
    fun take(@Param(gen = ThreadIdGen::class) thread: Int): Any = when {
        takers.waits(thread) -> "waits already"
        else -> queue.takeOr { return takers.keep(thread, it) }
    }

    @Operation
    fun poll(@Param(gen = ThreadIdGen::class) thread: Int): Any = takers.poll(thread) { it }

    @Operation
    fun cancel(@Param(gen = ThreadIdGen::class) thread: Int): Any = takers.cancel(thread, queue::putBack)
}
