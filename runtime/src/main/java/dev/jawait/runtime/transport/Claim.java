package dev.jawait.runtime.transport;

import org.jspecify.annotations.Nullable;

/** Who wants a connection, or a place to open one in. */
abstract class Claim<C> {
    private final Route route;

    /** When it came, among all claims; the pool's. */
    long arrival;

    /** Whether it is in the queue; the pool's. */
    boolean waiting;

    /** Its neighbours in the queue; {@link Waiters}'. */
    @Nullable
    Claim<C> before;

    @Nullable
    Claim<C> after;

    Claim(Route route) {
        this.route = route;
    }

    final Route route() {
        return route;
    }

    /** The index of the loop whose connections it prefers. */
    abstract int loopIndex();

    /** Takes note of what it is given: {@code connection}, or, if null, a place. May be called under the pool's lock. */
    abstract void assign(@Nullable C connection);

    /** It has waited and was given what {@link #assign} says. */
    abstract void granted();

    /** The pool was closed while it waited or opened a connection. */
    abstract void poolClosed();
}
