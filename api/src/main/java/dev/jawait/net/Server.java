package dev.jawait.net;

import dev.jawait.Coroutine;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A socket that listens, and a task for each client: asyncio's {@code Server}. */
public interface Server extends AutoCloseable {
    /** Where it listens. */
    InetSocketAddress localAddress();

    /** The port at which it listens. */
    default int port() {
        return localAddress().getPort();
    }

    /** Waits until it is cancelled; then closes the server, and waits for its clients. */
    Coroutine<@Nullable Void> serveForever();

    /** Takes no more clients; those that are there are served to their end. */
    @Override
    void close();

    /** Waits until it is closed and the last client is gone. */
    Coroutine<@Nullable Void> waitClosed();

    /** Closes the streams of all clients: their handlers come to the end of what they read. */
    void closeClients();

    /** Ends the streams of all clients at once. */
    void abortClients();
}
