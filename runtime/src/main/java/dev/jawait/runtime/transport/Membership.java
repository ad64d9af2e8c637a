package dev.jawait.runtime.transport;

import org.jspecify.annotations.Nullable;

/** A connection as a member of a pool: where it belongs, and its neighbours among those that idle. */
final class Membership<C> {
    final C connection;

    // Set under the pool's lock, before anybody else knows of it.
    private @Nullable RoutePool<C> pool;
    private @Nullable IdleStack<C> stack;

    // The rest is its shelf's.
    boolean idle;

    @Nullable
    Membership<C> older;

    @Nullable
    Membership<C> younger;

    @Nullable
    Membership<C> below;

    @Nullable
    Membership<C> above;

    Membership(C connection) {
        this.connection = connection;
    }

    void begin(RoutePool<C> pool, IdleStack<C> stack) {
        this.pool = pool;
        this.stack = stack;
    }

    RoutePool<C> pool() {
        return established(pool);
    }

    IdleStack<C> stack() {
        return established(stack);
    }

    private static <T> T established(@Nullable T place) {
        if (place == null) {
            throw new IllegalStateException("The connection is no member of a pool yet");
        }
        return place;
    }
}
