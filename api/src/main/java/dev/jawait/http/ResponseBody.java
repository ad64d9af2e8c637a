package dev.jawait.http;

import dev.jawait.Coroutine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body as it comes. What is not read is not received either: the sender waits. One reader at a time. */
public interface ResponseBody {
    /** The next bytes that have come, at least one; null at the end. The buffer is the caller's. */
    Coroutine<@Nullable ByteBuffer> read();

    /** Reads what is left and throws it away; results in how many bytes that were. */
    Coroutine<Long> discard();
}
