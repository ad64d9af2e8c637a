/** Coroutines, tasks and what combines them: asyncio's names, for Java. Start with {@link dev.jawait.Async}. */
@NullMarked
package dev.jawait;

import org.jspecify.annotations.NullMarked;
