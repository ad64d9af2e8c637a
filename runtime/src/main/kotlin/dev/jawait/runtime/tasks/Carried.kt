package dev.jawait.runtime.tasks

import dev.jawait.ThreadLocals
import org.slf4j.MDC
import java.util.concurrent.CopyOnWriteArrayList

/**
 * The values of thread locals that follow a task: there, on whatever thread, while its code runs. The logger's MDC always
 * does, others once they are registered. Null stands for none at all, which is the usual case and costs next to nothing.
 */
internal class Carried private constructor(private val values: Map<Carrier, Any>) {
    /** A place in a thread that holds a value. */
    interface Carrier {
        fun get(): Any?

        fun set(value: Any?)
    }

    private object Mdc : Carrier {
        override fun get(): Any? = MDC.getCopyOfContextMap()?.ifEmpty { null }

        @Suppress("UNCHECKED_CAST")
        override fun set(value: Any?) = if (value ==
            null
        ) {
            MDC.clear()
        } else {
            MDC.setContextMap(value as Map<String, String>)
        }
    }

    private class Local(val local: ThreadLocal<Any?>) : Carrier {
        override fun get(): Any? = local.get()

        override fun set(value: Any?) = if (value == null) local.remove() else local.set(value)
    }

    companion object {
        private val carriers = CopyOnWriteArrayList<Carrier>(listOf(Mdc))

        /** From now on the values of [local] follow tasks; until what is returned is closed. */
        fun follow(local: ThreadLocal<*>): ThreadLocals.Following {
            @Suppress("UNCHECKED_CAST")
            val carrier = Local(local as ThreadLocal<Any?>)
            carriers.add(carrier)
            return ThreadLocals.Following { carriers.remove(carrier) }
        }

        /** The values that the calling thread has. */
        fun capture(): Carried? {
            var values: HashMap<Carrier, Any>? = null
            for (carrier in carriers) {
                val value = carrier.get() ?: continue
                values = (values ?: HashMap()).apply { put(carrier, value) }
            }
            return values?.let(::Carried)
        }

        /** Gives the calling thread the values [now] in place of [before], those it has. */
        fun replace(before: Carried?, now: Carried?) {
            if (before === now) return
            before?.values?.keys?.forEach { if (now == null || it !in now.values) it.set(null) }
            now?.values?.forEach { (carrier, value) -> carrier.set(value) }
        }
    }
}
