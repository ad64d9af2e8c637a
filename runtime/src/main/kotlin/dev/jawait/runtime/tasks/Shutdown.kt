package dev.jawait.runtime.tasks

import org.slf4j.LoggerFactory
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/**
 * The end of the JVM (Ctrl-C, SIGTERM, `System.exit`) cancels the main task of each run that is under way, and waits a
 * while for the run to end: what asyncio.run does on Ctrl-C.
 */
internal object Shutdown {
    private const val LIMIT_SECONDS = 10L
    private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")
    private val runs = ConcurrentHashMap.newKeySet<Run>()

    init {
        try {
            Runtime.getRuntime().addShutdownHook(Thread(::endAll, "jawait-shutdown"))
        } catch (_: IllegalStateException) {
            // The JVM is ending already: nobody will ask any more.
        }
    }

    /** Somebody's `run`. */
    class Run(val main: TaskImpl<*>) {
        private val over = CountDownLatch(1)

        fun end() {
            runs.remove(this)
            over.countDown()
        }

        /** Whoever has called `System.exit` in one of its bodies waits for this: then nobody must wait for the body. */
        fun awaitEnd() {
            if (callsExit() || over.await(LIMIT_SECONDS, TimeUnit.SECONDS)) return
            LOG.error(
                "Task {} was cancelled since the JVM ends, and has not ended after {} s",
                main.name(),
                LIMIT_SECONDS,
            )
        }

        private fun callsExit() = main.scope.tasks().any { (it as TaskImpl<*>).isInside(Runtime::class.java, "exit") }
    }

    fun begin(main: TaskImpl<*>): Run = Run(main).also(runs::add)

    private fun endAll() {
        val ending = runs.toList()
        ending.forEach { it.main.cancel("The JVM is shutting down") }
        ending.forEach(Run::awaitEnd)
    }
}
