package dev.jawait.runtime.streams

import dev.jawait.runtime.tasks.Debug
import org.slf4j.LoggerFactory

/**
 * Closes a socket whose owner was collected and has not closed it, and logs that. Must not refer to the owner.
 * *
 * @param close closes it; false if it is closed already
 * @param what names the owner
 */
internal class Unclosed private constructor(private val close: () -> Boolean, private val what: String) : Runnable {
    private val site = Debug.site()

    override fun run() {
        if (!close()) return
        val created = if (site ==
            null
        ) {
            "-D${Debug.PROPERTY}=true tells where it came from"
        } else {
            "it came from${site.stack()}"
        }
        LOG.warn("{} was never closed; it is closed now that nobody refers to it; {}", what, created)
    }

    companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.net")

        fun watch(owner: Any, close: () -> Boolean, what: String) {
            Debug.cleaner.register(owner, Unclosed(close, what))
        }
    }
}
