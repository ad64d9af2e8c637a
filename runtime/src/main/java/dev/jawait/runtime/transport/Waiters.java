package dev.jawait.runtime.transport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who waits for a connection, in the order they came: O(1) for each, also for one who leaves from the middle. */
final class Waiters<C> {
    private @Nullable Claim<C> first;
    private @Nullable Claim<C> last;
    private int size;

    int size() {
        return size;
    }

    /** Who has waited longest; null if nobody waits. */
    @Nullable
    Claim<C> first() {
        return first;
    }

    void add(Claim<C> claim) {
        Claim<C> before = last;
        claim.before = before;
        last = claim;
        if (before == null) {
            first = claim;
        } else {
            before.after = claim;
        }
        size++;
    }

    /** Takes out one that is in it. */
    void remove(Claim<C> claim) {
        Claim<C> before = claim.before;
        Claim<C> after = claim.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        claim.before = null;
        claim.after = null;
        size--;
    }

    List<Claim<C>> all() {
        List<Claim<C>> all = new ArrayList<>(size);
        for (Claim<C> claim = first; claim != null; claim = claim.after) {
            all.add(claim);
        }
        return all;
    }
}
