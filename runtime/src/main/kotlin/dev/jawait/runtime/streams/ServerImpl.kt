package dev.jawait.runtime.streams

import dev.jawait.CancelledException
import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.net.Server
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import org.slf4j.LoggerFactory
import java.net.InetSocketAddress

/**
 * Accepts clients one after the other, in a task of its own, and runs [handle] in a task for each.
 *
 * @param owner in whose run the tasks are, or null
 */
internal class ServerImpl(
    private val listener: ListenerImpl,
    private val owner: TaskImpl<*>?,
    private val sockets: Sockets,
    private val handle: suspend (TaskImpl<*>, StreamImpl) -> Unit,
) : Server {
    // Guarded by this, all of them.
    private val clients = HashSet<StreamImpl>()
    private val waiters = ArrayList<Change>()
    private var accepting = true

    fun begin(): ServerImpl {
        sockets.runner.startTask("server at ${localAddress()}", NativeBody("server", ::acceptAll), owner)
        return this
    }

    private suspend fun acceptAll(task: TaskImpl<*>) {
        try {
            while (true) begin(listener.acceptIn(task), task)
        } catch (_: IllegalStateException) {
            // It was closed.
        } finally {
            listener.close()
            changed { accepting = false }
        }
    }

    private fun begin(client: StreamImpl, task: TaskImpl<*>) {
        synchronized(this) { clients.add(client) }
        sockets.runner.startTask("client ${client.remoteAddress()}", NativeBody("client") { serve(it, client) }, task)
            .onDone { changed { clients.remove(client) } }
    }

    private suspend fun serve(task: TaskImpl<*>, client: StreamImpl) {
        try {
            handle(task, client)
        } catch (cancelled: CancelledException) {
            client.abort()
            throw cancelled
        } catch (error: Throwable) {
            if (!client.isClosed) client.abort()
            LOG.error("The handler of {} failed", client, error)
        } finally {
            client.close()
        }
    }

    private fun changed(change: () -> Unit) {
        val free =
            synchronized(this) {
                change()
                if (accepting || clients.isNotEmpty()) return
                waiters.toList().also { waiters.clear() }
            }
        free.forEach(Change::run)
    }

    override fun localAddress(): InetSocketAddress = listener.localAddress()

    override fun serveForever(): Coroutine<Void?> = NativeBody("serveForever") { task ->
        try {
            waitClosedIn(task)
        } catch (cancelled: CancelledException) {
            close()
            waitClosedIn(task)
            throw cancelled
        }
        null
    }

    override fun close(): Unit = listener.close()

    override fun waitClosed(): Coroutine<Void?> = NativeBody("waitClosed") { task ->
        waitClosedIn(task)
        null
    }

    private suspend fun waitClosedIn(task: TaskImpl<*>) {
        val end = Change("the end of $this")
        synchronized(this) {
            if (accepting || clients.isNotEmpty()) waiters.add(end) else end.end(Outcome.Success(Unit))
        }
        task.awaitPromise(end)
    }

    override fun closeClients(): Unit = synchronized(this) { clients.toList() }.forEach(StreamImpl::close)

    override fun abortClients(): Unit = synchronized(this) { clients.toList() }.forEach(StreamImpl::abort)

    override fun toString(): String = "Server[${localAddress()}]"

    private companion object {
        val LOG = LoggerFactory.getLogger("dev.jawait.net")
    }
}
