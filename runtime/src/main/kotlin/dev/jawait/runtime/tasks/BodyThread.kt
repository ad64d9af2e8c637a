package dev.jawait.runtime.tasks

import dev.jawait.runtime.loop.Loop
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.locks.LockSupport
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn

/**
 * The thread of a body that may block. While the body awaits, its thread runs the steps of what it awaits: everything
 * that happens inside of a body happens on its thread.
 */
internal class BodyThread(private val turn: Turn?, private val threads: BodyThreads) : DispatcherPlace() {
    private val steps = ConcurrentLinkedQueue<Runnable>()

    @Volatile
    private var thread: Thread? = null

    /** What to run on a new thread once the turn is there. */
    private var main: Runnable? = null

    /** What it still is in, if it was started eagerly. */
    private var firstPiece: FirstPiece? = null

    @Volatile
    private var granted = false

    @Volatile
    private var ended = false

    val isCurrent: Boolean get() = thread === Thread.currentThread()

    override fun execute(task: TaskImpl<*>, step: Runnable) {
        steps.add(step)
        if (ended) return passOn(task)
        if (turn == null) Loop.wake { LockSupport.unpark(thread) } else turn.request(this)
    }

    /** What comes after the body has ended runs on the loop: Kotlin code can outlive the body whose dispatcher it has. */
    private fun passOn(task: TaskImpl<*>) {
        while (true) task.home.execute(task, steps.poll() ?: return)
    }

    /**
     * Runs [body] as a step of [task] on a thread of its own.
     *
     * @param firstPiece for whom its creator waits, and lends it the turn; or null
     */
    fun start(task: TaskImpl<*>, firstPiece: FirstPiece?, body: Runnable) {
        val main = Runnable { runHere(task, body) }
        this.main = main
        this.firstPiece = firstPiece
        if (turn == null || firstPiece != null) threads.execute(main) else turn.request(this)
    }

    /** Runs [body] as a step of [task] on the calling thread, which becomes this one until it ends. */
    fun runOnCaller(task: TaskImpl<*>, body: Runnable) {
        thread = Thread.currentThread()
        if (turn != null) {
            turn.request(this)
            if (awaitGrant()) Thread.currentThread().interrupt()
        }
        runHere(task, body)
    }

    /** Whether it was interrupted meanwhile. */
    private fun awaitGrant(): Boolean {
        var interrupted = false
        while (!takeGrant()) {
            LockSupport.park(this)
            if (Thread.interrupted()) interrupted = true
        }
        return interrupted
    }

    private fun runHere(task: TaskImpl<*>, body: Runnable) {
        thread = Thread.currentThread()
        try {
            task.during { body.run() }
        } finally {
            task.leaveThread()
            ended = true
            passOn(task)
            giveTurnBack()
        }
    }

    private fun giveTurnBack() {
        val lent = firstPiece
        firstPiece = null
        if (lent == null) turn?.release() else lent.pause()
    }

    /** Gives it the turn; false if it has no use for it any more. On the loop. */
    fun grant(): Boolean {
        if (ended) return false
        val start = main
        if (thread == null && start != null) {
            main = null
            threads.execute(start)
        } else {
            granted = true
            LockSupport.unpark(thread)
        }
        return true
    }

    private fun takeGrant(): Boolean = granted.also { granted = false }

    /** Blocks this thread, which runs [task], until [block] has ended, and runs what [block] has to run meanwhile. */
    fun <T> block(task: TaskImpl<*>, block: suspend () -> T): T {
        val end = End<T>(task)
        val result = block.startCoroutineUninterceptedOrReturn(end)
        if (result !== COROUTINE_SUSPENDED) {
            @Suppress("UNCHECKED_CAST")
            return result as T
        }
        while (end.result == null) nextStep(task).run()
        return end.result!!.getOrThrow()
    }

    private fun nextStep(task: TaskImpl<*>): Runnable {
        giveTurnBack()
        while (true) {
            if (turn == null || takeGrant()) steps.poll()?.let { return it }
            LockSupport.park(this)
            if (Thread.interrupted()) task.interruptedWhileWaiting()
        }
    }

    /** Where in the user's code it is. */
    fun position(): StackTraceElement? = thread?.stackTrace?.firstOrNull(::isUsers)?.let(CreationSite::plain)

    fun isInside(owner: Class<*>, method: String): Boolean =
        thread?.stackTrace.orEmpty().any { it.className == owner.name && it.methodName == method }

    private fun isUsers(frame: StackTraceElement) = !CreationSite.isOurs(frame) && !isLibrary(frame.className)

    private fun isLibrary(name: String) = LIBRARIES.any(name::startsWith)

    private companion object {
        val LIBRARIES = listOf("java.", "javax.", "jdk.", "sun.", "kotlin.", "kotlinx.", "io.netty.")
    }

    /** Interrupts the body; false if it has not begun. */
    fun interrupt(): Boolean = thread?.interrupt() != null

    private class End<T>(override val context: CoroutineContext) : Continuation<T> {
        var result: Result<T>? = null

        override fun resumeWith(result: Result<T>) {
            this.result = result
        }
    }

    override fun toString(): String = "thread ${thread?.name}"
}
