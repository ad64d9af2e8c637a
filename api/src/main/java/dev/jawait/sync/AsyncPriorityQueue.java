package dev.jawait.sync;

import dev.jawait.spi.SyncRuntime;
import java.util.Comparator;

/**
 * A queue that gives the lowest item first: asyncio's {@code PriorityQueue}. Equal ones come in any order.
 *
 * @param <T> the items, which must not be null
 */
public interface AsyncPriorityQueue<T> extends AsyncQueue<T> {
    /** A queue without a limit, in natural order. */
    static <T extends Comparable<? super T>> AsyncPriorityQueue<T> create() {
        return create(0);
    }

    /** A queue of at most {@code maxSize} items, in natural order; zero or less stands for no limit. */
    static <T extends Comparable<? super T>> AsyncPriorityQueue<T> create(int maxSize) {
        return create(maxSize, Comparator.naturalOrder());
    }

    /** A queue without a limit, in the order of {@code comparator}, which must neither block nor use the queue. */
    static <T> AsyncPriorityQueue<T> create(Comparator<? super T> comparator) {
        return create(0, comparator);
    }

    /** {@link #create(Comparator)} of at most {@code maxSize} items; zero or less stands for no limit. */
    static <T> AsyncPriorityQueue<T> create(int maxSize, Comparator<? super T> comparator) {
        return SyncRuntime.get().priorityQueue(maxSize, comparator);
    }
}
