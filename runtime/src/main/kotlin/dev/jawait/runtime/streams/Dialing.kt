package dev.jawait.runtime.streams

import dev.jawait.Outcome
import dev.jawait.http.Phase
import dev.jawait.runtime.loop.Loop
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.Connecting
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.Resolver
import dev.jawait.runtime.transport.Tls
import io.netty.channel.Channel
import java.io.IOException
import java.io.UncheckedIOException

/** The opening of a connection as a promise; cancelled, it closes what it has. */
internal class Dialing(origin: Origin, private val loop: Loop, tls: Tls, private val resolver: Resolver) :
    Promise<Channel>(),
    Connecting.Client {
    private val connecting = Connecting(origin, loop, tls, this)
    private val words = "the connection to ${origin.host}:${origin.port}"

    /** Opens it; a channel that comes at the moment of a cancel is closed. */
    suspend fun open(task: TaskImpl<*>): Channel {
        loop.execute { connecting.start(resolver) }
        try {
            return task.awaitPromise(this)
        } catch (error: Throwable) {
            (ended as? Outcome.Success)?.value()?.close()
            throw error
        }
    }

    override fun cancel(message: String?): Boolean {
        if (!super.cancel(message)) return false
        loop.execute(connecting::cancel)
        return true
    }

    override fun enter(phase: Phase): Unit = Unit

    override fun attemptStarts(): Unit = Unit

    override fun connected(channel: Channel) {
        if (!end(Outcome.Success(channel))) channel.close()
    }

    override fun connectFailed(error: Throwable) {
        end(Outcome.Failure(ioError(error)))
    }

    override fun toString(): String = words
}

/** As the unchecked exception that streams throw, with the message of [error]. */
internal fun ioError(error: Throwable): UncheckedIOException {
    val cause = generateSequence(error) { it.cause }.firstOrNull { it is IOException } as IOException?
    return UncheckedIOException(error.message, cause ?: IOException(error.message, error))
}
