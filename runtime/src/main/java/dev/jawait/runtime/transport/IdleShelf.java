package dev.jawait.runtime.transport;

import org.jspecify.annotations.Nullable;

/** The idle connections of one loop, by route and by age. Safe from any thread, but mostly it is the loop's own that comes. */
final class IdleShelf<C> {
    private @Nullable Membership<C> oldest;
    private @Nullable Membership<C> youngest;
    private int size;

    synchronized int size() {
        return size;
    }

    synchronized int size(IdleStack<C> stack) {
        return stack.size();
    }

    synchronized @Nullable Membership<C> oldest() {
        return oldest;
    }

    synchronized void add(Membership<C> member) {
        member.idle = true;
        member.stack().push(member);
        member.older = youngest;
        if (youngest == null) {
            oldest = member;
        } else {
            youngest.younger = member;
        }
        youngest = member;
        size++;
    }

    /** Takes out the one of {@code stack} that was used last. */
    synchronized @Nullable Membership<C> take(IdleStack<C> stack) {
        Membership<C> member = stack.top();
        if (member != null) {
            takeOut(member);
        }
        return member;
    }

    /** Takes out {@code member}; false if it does not idle, or no longer. */
    synchronized boolean remove(Membership<C> member) {
        if (!member.idle) {
            return false;
        }
        takeOut(member);
        return true;
    }

    private void takeOut(Membership<C> member) {
        member.idle = false;
        member.stack().remove(member);
        Membership<C> older = member.older;
        Membership<C> younger = member.younger;
        if (older == null) {
            oldest = younger;
        } else {
            older.younger = younger;
        }
        if (younger == null) {
            youngest = older;
        } else {
            younger.older = older;
        }
        member.older = null;
        member.younger = null;
        size--;
    }
}
