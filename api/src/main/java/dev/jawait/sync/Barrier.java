package dev.jawait.sync;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import dev.jawait.spi.SyncRuntime;

/**
 * A point where tasks wait until a given number of them is there; then all go on, and it takes the next ones: asyncio's
 * {@code Barrier}. As a resource it is entered by waiting, gives the index, and is exited without doing anything.
 *
 * <p>Once the last one has come, all of them pass. In asyncio a reset or an abort still reaches those that have not run
 * since, and newcomers wait for them.
 */
public interface Barrier extends AsyncResource<Integer> {
    /**
     * A barrier for {@code parties} tasks.
     *
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    static Barrier create(int parties) {
        return SyncRuntime.get().barrier(parties);
    }

    /**
     * Waits for the others and results in the index, from 0 to {@link #parties()}-1, another one for each: the order in
     * which they came. A cancelled waiter leaves without breaking the barrier. Asyncio's {@code wait}, a name that
     * Java's objects have taken.
     *
     * @throws BarrierBrokenException when awaited, if the barrier is broken, or is aborted or reset meanwhile
     */
    Coroutine<Integer> waitFor();

    /** Makes those who wait fail, and a broken barrier usable again. A coroutine in asyncio, a plain call here. */
    void reset();

    /** Breaks it: those who wait fail, and who comes does, until {@link #reset()}. A plain call, as that. */
    void abort();

    /** Whether it is broken. */
    boolean isBroken();

    /** How many it waits for. */
    int parties();

    /** How many wait now. */
    int waiting();

    /** {@link #waitFor()}. */
    @Override
    default Coroutine<Integer> enter() {
        return waitFor();
    }
}
