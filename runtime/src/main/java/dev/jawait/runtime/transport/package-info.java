/**
 * One HTTP exchange over a pooled connection: pool, HTTP/1.1 on Netty, and the limits of time. Knows
 * neither coroutines nor sessions, cookies or redirects.
 */
@NullMarked
package dev.jawait.runtime.transport;

import org.jspecify.annotations.NullMarked;
