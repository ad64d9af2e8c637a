/**
 * Sockets on Netty: look-up, TCP, TLS, bytes in and out, for streams and the HTTP transport. Calls back; knows neither
 * tasks nor HTTP.
 */
@NullMarked
package dev.jawait.runtime.net;

import org.jspecify.annotations.NullMarked;
