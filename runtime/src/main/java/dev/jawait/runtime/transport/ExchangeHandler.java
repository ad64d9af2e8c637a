package dev.jawait.runtime.transport;

import io.netty.buffer.ByteBuf;

/**
 * Hears what comes of an exchange: {@link #onHead} once, {@link #onData} for each piece of the body, then {@link #onEnd}; or
 * {@link #onUpgrade}; or {@link #onFailure} at any point, after which nothing more comes. Called one at a time, on the exchange's loop, or,
 * where it fails before it has a connection, on any thread but the caller's of {@link Transport#send}.
 */
public interface ExchangeHandler {
    /** The head has come. The body waits for {@link Exchange#read()}, unless it has come in whole. */
    void onHead(WireResponse response);

    /**
     * A piece of the body, not empty; the handler releases it. One for each {@link Exchange#read()}, and those that were
     * left once the body has come in whole.
     */
    void onData(ByteBuf data);

    /** Whether it is for a switch of protocols that the request asks (RFC 9110, section 7.8); if not, one is a failure. */
    default boolean wantsUpgrade() {
        return false;
    }

    /**
     * The server has switched protocols, with status 101: {@code connection} is the handler's. Instead of {@link #onHead};
     * nothing more comes.
     */
    default void onUpgrade(WireResponse response, Upgraded connection) {
        connection.abort();
    }

    /** The body is complete, and the connection has been given back or closed. May follow the head without a read. */
    void onEnd();

    /** It failed, was cancelled or timed out; the connection is closed, its place in the pool free. */
    void onFailure(Throwable error);
}
