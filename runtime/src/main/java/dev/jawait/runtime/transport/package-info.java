/**
 * One HTTP exchange over a pooled connection: pool, DNS, TCP, TLS, HTTP/1.1 on Netty, and their time limits. Knows
 * neither coroutines nor sessions, cookies or redirects.
 */
@NullMarked
package dev.jawait.runtime.transport;

import org.jspecify.annotations.NullMarked;
