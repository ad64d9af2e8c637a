package dev.jawait.sync;

import dev.jawait.Coroutine;
import dev.jawait.spi.SyncRuntime;
import org.jspecify.annotations.Nullable;

/** A flag that tasks wait for: asyncio's {@code Event}. */
public interface Event {
    /** An event that is not set. */
    static Event create() {
        return SyncRuntime.get().event();
    }

    /** Sets it: all who wait go on, also if it is cleared before they run. */
    void set();

    /** Clears it: who comes from now on waits for the next {@link #set()}. */
    void clear();

    /** Whether it is set. */
    boolean isSet();

    /** Waits until it is set; does not wait if it is. Asyncio's {@code wait}, a name that Java's objects have taken. */
    Coroutine<@Nullable Void> waitFor();
}
