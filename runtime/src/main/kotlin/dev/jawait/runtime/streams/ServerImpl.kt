package dev.jawait.runtime.streams

import dev.jawait.CancelledException
import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.net.Server
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import org.slf4j.LoggerFactory
import java.io.UncheckedIOException
import java.net.InetSocketAddress

/** Accepts clients one after the other, in a task of its own, and serves each in another. */
internal class ServerImpl(
    private val listener: ListenerImpl,
    private val handle: suspend (TaskImpl<*>, StreamImpl) -> Unit,
) : Server {
    // Guarded by this, both of them.
    private val clients = LinkedHashSet<StreamImpl>()
    private var accepting = true

    /** Ends when it is closed and the last client is gone. */
    private val over =
        object : Promise<Unit>() {
            override fun toString() = "the end of ${this@ServerImpl}"
        }

    /** Begins to serve, in the run of [starter]. */
    fun begin(starter: TaskImpl<*>): ServerImpl {
        val task = starter.runner.startTask(
            "server at ${localAddress().words()}",
            doing("server", ::acceptAll),
            starter,
        )
        task.listen { ended { accepting = false } }
        return this
    }

    private suspend fun acceptAll(task: TaskImpl<*>) {
        try {
            while (true) begin(listener.accept(task), task)
        } catch (closed: IllegalStateException) {
            if (!listener.isClosed) throw closed
        } finally {
            listener.closeAndWait(task)
        }
    }

    private fun begin(client: StreamImpl, server: TaskImpl<*>) {
        synchronized(this) { clients.add(client) }
        val task = server.runner.startTask(
            "client ${client.remoteAddress().words()}",
            doing("client") {
                serve(it, client)
            },
            server,
        )
        val gone = Promise.Listener { ended { clients.remove(client) } }
        if (!task.listen(gone)) gone.onEnd(task)
    }

    private suspend fun serve(task: TaskImpl<*>, client: StreamImpl) {
        try {
            handle(task, client)
        } catch (cancelled: CancelledException) {
            client.abort()
            throw cancelled
        } catch (error: Throwable) {
            if ((error as? ClosedHere)?.owner !== client.link) LOG.error("The handler of {} failed", client, error)
            client.abort()
        }
        client.close()
        try {
            client.link.awaitClosed(task)
        } catch (error: UncheckedIOException) {
            LOG.debug("A client left before the end", error)
        }
    }

    private fun ended(change: () -> Unit) {
        val isOver =
            synchronized(this) {
                change()
                !accepting && clients.isEmpty()
            }
        if (isOver) over.end(Outcome.Success(Unit))
    }

    override fun localAddress(): InetSocketAddress = listener.localAddress()

    override fun serveForever(): Coroutine<Void?> = doing("serveForever") { task ->
        try {
            over.awaitShared(task)
        } catch (cancelled: CancelledException) {
            close()
            closeClients()
            over.awaitShared(task)
            throw cancelled
        }
    }

    override fun close(): Unit = listener.close()

    override fun waitClosed(): Coroutine<Void?> = doing("waitClosed") { task -> over.awaitShared(task) }

    override fun closeClients(): Unit = clients().forEach(StreamImpl::close)

    override fun abortClients(): Unit = clients().forEach(StreamImpl::abort)

    private fun clients(): List<StreamImpl> = synchronized(this) { clients.toList() }

    override fun enter(): Coroutine<Server> = NativeBody("server.enter") { this }

    override fun exit(resource: Server, error: Throwable?): Coroutine<Void?> = doing("server.exit") { task ->
        close()
        if (error != null) closeClients()
        try {
            over.awaitShared(task)
        } catch (cancelled: CancelledException) {
            abortClients()
            throw cancelled
        }
    }

    override fun toString(): String = "Server[at ${localAddress().words()}]"

    private companion object {
        val LOG = LoggerFactory.getLogger("dev.jawait.net")
    }
}
