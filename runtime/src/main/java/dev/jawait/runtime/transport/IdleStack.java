package dev.jawait.runtime.transport;

import org.jspecify.annotations.Nullable;

/** What idles of one route on one loop, that which was used last on top. Guarded by the loop's {@link IdleShelf}. */
final class IdleStack<C> {
    private @Nullable Membership<C> top;
    private int size;

    int size() {
        return size;
    }

    @Nullable
    Membership<C> top() {
        return top;
    }

    void push(Membership<C> member) {
        member.below = top;
        if (top != null) {
            top.above = member;
        }
        top = member;
        size++;
    }

    void remove(Membership<C> member) {
        Membership<C> above = member.above;
        Membership<C> below = member.below;
        if (above == null) {
            top = below;
        } else {
            above.below = below;
        }
        if (below != null) {
            below.above = above;
        }
        member.above = null;
        member.below = null;
        size--;
    }
}
