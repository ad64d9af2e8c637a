package dev.jawait.runtime.streams

import dev.jawait.Outcome
import dev.jawait.runtime.loop.Loop
import dev.jawait.runtime.net.CachingResolver
import dev.jawait.runtime.net.Connecting
import dev.jawait.runtime.net.Dialing
import dev.jawait.runtime.net.OpenSocket
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.channel.Channel

/** The opening of a connection, as a promise; cancelled, it leaves none. */
internal class Opening(
    private val target: Connecting.Target,
    dialing: Dialing,
    private val loop: Loop,
    private val limit: Int,
) : Promise<Link>(),
    Connecting.Client {
    private val connecting = Connecting(target, dialing, loop, this)
    private val where = "${target.host}:${target.port}"

    suspend fun open(task: TaskImpl<*>, resolver: CachingResolver): Link {
        loop.execute { connecting.start(resolver) }
        try {
            return task.awaitPromise(this)
        } catch (error: Throwable) {
            (ended as? Outcome.Success)?.value()?.abort()
            throw error
        }
    }

    override fun cancel(message: String?): Boolean {
        if (!super.cancel(message)) return false
        loop.execute(connecting::cancel)
        return true
    }

    override fun enter(step: Connecting.Step): Unit = Unit

    override fun attemptSince(nanoTime: Long): Unit = Unit

    override fun connected(channel: Channel) {
        OpenSocket.start(channel) { socket ->
            Link(socket, limit).also { if (!end(Outcome.Success(it))) it.abort() }
        }
    }

    override fun connectFailed(at: Connecting.Step, cause: Throwable) {
        end(Outcome.Failure(error(at, cause)))
    }

    private fun error(at: Connecting.Step, cause: Throwable): Throwable = when (at) {
        Connecting.Step.LOOKUP -> cause as? IllegalArgumentException ?: cannotResolve(target.host, cause)
        Connecting.Step.CONNECT -> ioError("Cannot connect to $where: ${cause.message}", cause)
        Connecting.Step.PROXY -> error("Streams go by no proxy")
        Connecting.Step.HANDSHAKE -> ioError("The TLS handshake with $where failed: ${cause.message}", cause)
    }

    override fun toString(): String = "the connection to $where"
}

internal fun cannotResolve(host: String, cause: Throwable) = ioError("Cannot resolve $host: ${cause.message}", cause)
