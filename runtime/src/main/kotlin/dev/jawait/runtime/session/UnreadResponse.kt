package dev.jawait.runtime.session

import dev.jawait.runtime.tasks.CreationSite
import dev.jawait.runtime.tasks.Debug
import org.slf4j.LoggerFactory
import java.lang.ref.Cleaner.Cleanable

/** Gives up the connection of a response that was collected, not read to its end and not closed. Must not refer to it. */
internal class UnreadResponse private constructor(private val exchange: HopExchange, private val site: CreationSite?) :
    Runnable {
    override fun run() {
        if (exchange.isGivenUp || isEmpty(exchange)) return
        exchange.abandon()
        val made = if (site == null) "-D${Debug.PROPERTY}=true tells where it was made" else "made${site.stack()}"
        LOG.warn("A response was neither read nor closed; its connection is given up: {}; {}", exchange, made)
    }

    companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.http")

        private fun isEmpty(exchange: HopExchange) = exchange.isComplete && !exchange.hasPieces

        /** Of the response that [owner] is a part of; null if there is nothing left to give up. */
        fun watch(owner: Any, exchange: HopExchange, site: CreationSite?): Cleanable? =
            if (isEmpty(exchange)) null else Debug.cleaner.register(owner, UnreadResponse(exchange, site))
    }
}
