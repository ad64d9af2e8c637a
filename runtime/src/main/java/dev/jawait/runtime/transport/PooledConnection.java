package dev.jawait.runtime.transport;

/** A connection as the pool sees it. */
interface PooledConnection<C extends PooledConnection<C>> {
    /** What the pool keeps for it; always the same. */
    Membership<C> membership();

    Route route();

    /** The index of its loop. */
    int loopIndex();

    /** Whether it may serve one more request: open, not idle for too long. */
    boolean isUsable();

    /** Since when it idles, if it does, on the clock of the pool's timers. */
    long idleSince();

    /** Closes it. The pool has forgotten it already. */
    void close();

    /** Closes it, and fails the exchange it may serve: the pool is closed. */
    void poolClosed();
}
