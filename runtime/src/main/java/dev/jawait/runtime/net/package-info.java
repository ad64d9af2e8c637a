/** Sockets on Netty: bytes in, bytes out, and who is told of it. Knows no tasks. */
@NullMarked
package dev.jawait.runtime.net;

import org.jspecify.annotations.NullMarked;
