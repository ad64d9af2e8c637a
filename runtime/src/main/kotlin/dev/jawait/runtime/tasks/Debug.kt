package dev.jawait.runtime.tasks

import org.slf4j.LoggerFactory
import java.lang.ref.Cleaner
import java.util.concurrent.atomic.AtomicInteger

/** Debug mode: asyncio's. On for the whole program while a runner that asks for it is open, or by a system property. */
internal object Debug {
    const val PROPERTY = "jawait.debug"

    private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")
    private val always = java.lang.Boolean.getBoolean(PROPERTY)
    private val runners = AtomicInteger()

    /** For what is to be logged when it is collected. */
    val cleaner: Cleaner = Cleaner.create { Thread(it, "jawait-cleaner").apply { isDaemon = true } }

    val isOn: Boolean get() = always || runners.get() > 0

    fun begin() {
        runners.incrementAndGet()
    }

    fun end() {
        runners.decrementAndGet()
    }

    fun site(): CreationSite? = if (isOn) CreationSite.here() else null

    /** Logs [recipe] when it is collected, unless it is used before. */
    fun watch(recipe: Recipe<*>): Unused? = if (isOn) {
        Unused(recipe.givenName ?: recipe.javaClass.simpleName, CreationSite.here()).also {
            cleaner.register(recipe, it)
        }
    } else {
        null
    }

    /** Must not refer to the recipe. */
    class Unused(private val name: String, private val site: CreationSite) : Runnable {
        @Volatile
        private var used = false

        fun used() {
            used = true
        }

        override fun run() {
            if (!used) LOG.warn("Coroutine {} was never awaited nor started; created{}", name, site.stack())
        }
    }
}
