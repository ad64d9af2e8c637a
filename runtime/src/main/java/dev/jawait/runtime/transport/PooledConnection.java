package dev.jawait.runtime.transport;

/** A connection as the pool sees it. */
interface PooledConnection {
    Route route();

    /** The index of its loop. */
    int loopIndex();

    /** Whether it may serve one more request: open, not idle for too long. Called under the pool's lock. */
    boolean isUsable();

    /** Since when it idles, if it does, on the clock of the pool's timers. Called under the pool's lock. */
    long idleSince();

    /** Closes it. The pool has forgotten it already. */
    void close();

    /** Closes it, and fails the exchange it may serve: the pool is closed. */
    void poolClosed();
}
