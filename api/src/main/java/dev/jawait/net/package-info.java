/** Sockets on the event loops of the tasks: asyncio's streams, and its {@code sock_accept} and {@code sock_recv}. */
@NullMarked
package dev.jawait.net;

import org.jspecify.annotations.NullMarked;
