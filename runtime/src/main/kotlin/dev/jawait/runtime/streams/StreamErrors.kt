package dev.jawait.runtime.streams

import java.io.IOException
import java.io.UncheckedIOException
import java.net.InetSocketAddress

/** The connection has failed: a new exception for each who is told, of one [cause]. */
internal fun ioError(message: String, cause: Throwable): UncheckedIOException =
    UncheckedIOException(message, cause as? IOException ?: IOException(cause))

/** It was closed on this side. Whose handler gets one of its own [owner] has been told to end. */
internal class ClosedHere(message: String, @Transient val owner: Any) : IllegalStateException(message)

/** As it was asked for, else the number; without a look-up. */
internal fun InetSocketAddress.words(): String =
    if (hostString.contains(':')) "[$hostString]:$port" else "$hostString:$port"
