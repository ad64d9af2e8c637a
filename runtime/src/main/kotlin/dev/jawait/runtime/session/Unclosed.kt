package dev.jawait.runtime.session

import dev.jawait.runtime.tasks.Debug
import org.slf4j.LoggerFactory

/** Closes what was collected and is not closed, and logs where it was created. Must not refer to the owner. */
internal class Unclosed private constructor(private val what: String, private val close: () -> Boolean) : Runnable {
    private val created = Throwable("The $what was created here")

    override fun run() {
        if (close()) LOG.warn("A $what was never closed; it is closed now that nobody refers to it", created)
    }

    companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.http")

        /** @param close closes it; false if it is closed already */
        fun watch(owner: Any, what: String, close: () -> Boolean) {
            Debug.cleaner.register(owner, Unclosed(what, close))
        }
    }
}
