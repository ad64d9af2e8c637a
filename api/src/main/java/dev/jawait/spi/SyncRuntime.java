package dev.jawait.spi;

import dev.jawait.sync.AsyncLifoQueue;
import dev.jawait.sync.AsyncPriorityQueue;
import dev.jawait.sync.AsyncQueue;
import dev.jawait.sync.Barrier;
import dev.jawait.sync.BoundedSemaphore;
import dev.jawait.sync.Condition;
import dev.jawait.sync.Event;
import dev.jawait.sync.Lock;
import dev.jawait.sync.Semaphore;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The locks and queues of {@link dev.jawait.sync}; its methods are documented there. */
public interface SyncRuntime {
    /** The one found on the class path or module path. */
    static SyncRuntime get() {
        return RuntimeProvider.get().sync();
    }

    Lock lock();

    Event event();

    Condition condition(Lock lock);

    Semaphore semaphore(int permits);

    BoundedSemaphore boundedSemaphore(int permits);

    Barrier barrier(int parties);

    <T extends @Nullable Object> AsyncQueue<T> queue(int maxSize);

    <T> AsyncPriorityQueue<T> priorityQueue(int maxSize, Comparator<? super T> comparator);

    <T extends @Nullable Object> AsyncLifoQueue<T> lifoQueue(int maxSize);
}
