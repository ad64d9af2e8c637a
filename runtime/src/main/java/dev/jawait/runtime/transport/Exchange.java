package dev.jawait.runtime.transport;

/**
 * A request on its way and its response, for whoever listens to it with an {@link ExchangeHandler}. Safe from any thread. As
 * text it is what the {@link WireRequest} is.
 */
public interface Exchange {
    /**
     * Asks for one more piece of the body. Beyond a small buffer nothing is read from the socket that was not asked for.
     * On the exchange's loop, a piece that is there already is delivered before this returns.
     */
    void read();

    /**
     * Gives up: leaves the queue or closes the connection, unless the response has come in whole, and tells the handler
     * with a {@link dev.jawait.CancelledException}, later, on the loop. Without effect once the exchange is over.
     */
    void cancel();
}
