package dev.jawait;

import dev.jawait.spi.TaskRuntime;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Event loops of their own, and the tasks on them: asyncio's {@code Runner}. Most programs need none: {@link Async}
 * uses a shared one with daemon threads. May run many times; {@link #close()} ends it.
 */
public interface Runner extends AutoCloseable {
    /** A builder with the defaults: a loop for each processor, bodies side by side. */
    static Builder builder() {
        return TaskRuntime.get().runnerBuilder();
    }

    /** A runner in which, as in asyncio, no two bodies ever run at once between two awaits. */
    static Runner confined() {
        return builder().confined().build();
    }

    /** As {@link Async#run(Callable)}, on these loops. */
    <T extends @Nullable Object> T run(Callable<? extends T> body);

    /** As {@link Async#run(AsyncRunnable)}, on these loops. */
    default void run(AsyncRunnable body) {
        run(Async.async("main", body));
    }

    /** As {@link Async#run(Awaitable)}, on these loops. */
    <T extends @Nullable Object> T run(Awaitable<? extends T> awaitable);

    /** Starts {@code awaitable} as a task on these loops, from any thread, without blocking. */
    <T extends @Nullable Object> Task<T> start(Awaitable<T> awaitable);

    /** The tasks of this runner that have not ended. */
    Set<Task<?>> allTasks();

    /**
     * Cancels what still runs, waits for it, and ends the threads. Calling it again does nothing.
     *
     * @throws IllegalStateException on a thread of this runner, which would wait for itself
     */
    @Override
    void close();

    /** Builds a {@link Runner}. */
    interface Builder {
        /** How many event loops; the number of processors if not said. */
        Builder loops(int loops);

        /** One loop, and bodies take turns: none runs while another is between two awaits. */
        Builder confined();

        /**
         * Confined, and the clock of {@code sleep} and all time limits jumps to the next timer whenever nothing can
         * run: minutes pass in milliseconds. For tests: work that waits for anything but tasks and timers (sockets,
         * other threads) must not be mixed with time limits here, they would pass at once.
         */
        Builder virtualTime();

        /** The start of the names of its threads; {@code jawait} if not said. */
        Builder threadNames(String prefix);

        /** How long a piece of code may hold a loop before that is logged; 100 ms if not said. Zero: never logged. */
        Builder slowCallbackLimit(Duration limit);

        /**
         * Tells more, at a price: where tasks and coroutines were created is in dumps and logs, and a coroutine that was
         * never awaited nor started is logged when it is collected. While such a runner is open, the whole program is
         * watched; the system property {@code jawait.debug=true} watches it always.
         */
        Builder debug();

        /** Starts the loops. */
        Runner build();
    }
}
