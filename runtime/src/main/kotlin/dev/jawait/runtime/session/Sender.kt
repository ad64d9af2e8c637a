package dev.jawait.runtime.session

import dev.jawait.http.ClientListener
import dev.jawait.http.Connector
import dev.jawait.http.HttpEngine
import dev.jawait.runtime.transport.Exchange
import dev.jawait.runtime.transport.ExchangeHandler
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.WireRequest
import java.util.concurrent.CompletableFuture

/** What a session sends through: the pool of ours, or an engine of Ktor's. */
internal interface Sender : Connector {
    /** Sends [request]; everything else is heard by [handler]. */
    fun send(request: WireRequest, limits: Limits, listener: ClientListener?, handler: ExchangeHandler): Exchange

    /** Refuses what comes from now on; ends with true once nothing runs, with false if it is closed before. */
    fun drain(): CompletableFuture<Boolean>
}

/** An engine that a session can be built with. */
internal interface SenderEngine : HttpEngine {
    /** A sender for one session, which closes it. */
    fun open(): Sender
}
