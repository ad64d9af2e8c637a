package dev.jawait.runtime.loop;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/** The thread of a loop, which knows its loop. */
final class LoopThread extends FastThreadLocalThread {
    @Nullable
    Loop loop;

    LoopThread(Runnable target, String name) {
        super(target, name);
        setDaemon(true);
    }
}
