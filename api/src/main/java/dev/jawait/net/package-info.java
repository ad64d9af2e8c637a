/**
 * Sockets on the event loops of the tasks: asyncio's streams, and its {@code sock_accept}, {@code sock_recv} and
 * {@code sock_sendall}. Start with {@link dev.jawait.net.Streams}.
 */
@NullMarked
package dev.jawait.net;

import org.jspecify.annotations.NullMarked;
