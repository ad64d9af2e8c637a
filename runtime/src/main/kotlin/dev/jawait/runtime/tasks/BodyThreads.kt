package dev.jawait.runtime.tasks

import java.lang.invoke.MethodHandles
import java.lang.invoke.MethodType
import java.util.concurrent.Executor
import java.util.concurrent.SynchronousQueue
import java.util.concurrent.ThreadFactory
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicLong

/**
 * Threads for code that may block, each for one body at a time: virtual ones where the JDK has them (21 and later), else
 * a pool that grows as needed and shrinks after a minute. Daemons, all of them.
 */
internal class BodyThreads(prefix: String) :
    Executor,
    AutoCloseable {
    private val virtual: ThreadFactory? = VirtualThreads.factory("$prefix-body-")
    private val pool: ThreadPoolExecutor? = if (virtual == null) pool("$prefix-body-") else null

    override fun execute(body: Runnable) {
        if (virtual != null) virtual.newThread(body).start() else pool!!.execute(body)
    }

    /** Idle threads end. A callback that comes late still runs, on a thread that ends with it. */
    override fun close() {
        pool?.setKeepAliveTime(0, TimeUnit.SECONDS)
    }

    private fun pool(prefix: String): ThreadPoolExecutor {
        val number = AtomicLong()
        return ThreadPoolExecutor(0, Int.MAX_VALUE, 1, TimeUnit.MINUTES, SynchronousQueue()) { body ->
            Thread(body, prefix + number.getAndIncrement()).apply { isDaemon = true }
        }
    }
}

/** `Thread.ofVirtual()`, looked up once: this code is compiled for JDK 17. */
private object VirtualThreads {
    private val lookup = MethodHandles.publicLookup()

    fun factory(prefix: String): ThreadFactory? {
        val builder =
            try {
                Class.forName("java.lang.Thread\$Builder\$OfVirtual")
            } catch (_: ClassNotFoundException) {
                return null
            }
        val create = lookup.findStatic(Thread::class.java, "ofVirtual", MethodType.methodType(builder))
        val name =
            lookup.findVirtual(
                builder,
                "name",
                MethodType.methodType(builder, String::class.java, Long::class.javaPrimitiveType),
            )
        val factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory::class.java))
        return factory.invoke(name.invoke(create.invoke(), prefix, 0L)) as ThreadFactory
    }
}
