/**
 * What tasks share: asyncio's locks and queues, without blocking a thread. Unlike asyncio's they may be used from any
 * thread and any {@link dev.jawait.Runner}, also at once.
 *
 * <p>All of them are fair: whoever waits is served in the order of arrival, and nobody overtakes. Where a waiting task is
 * cancelled just as its turn comes, the next one has the turn: no permit, item or signal is lost. None has a time limit of
 * its own; put {@link dev.jawait.Async#withTimeout} around the waiting.
 */
@NullMarked
package dev.jawait.sync;

import org.jspecify.annotations.NullMarked;
