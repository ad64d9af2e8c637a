package dev.jawait.net;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket that listens, and a task for each client: asyncio's {@code Server}. It serves until it is closed; one that was
 * started inside of a run ends with that. May be used from any thread.
 *
 * <p>With {@code use(server, body)} it is closed at the end of the body, and waited for until its clients are gone; after
 * an error, and if that wait is cancelled, they are disconnected.
 */
public interface Server extends AutoCloseable, AsyncResource<Server> {
    /** Where it listens. */
    InetSocketAddress localAddress();

    /** The port it listens at. */
    default int port() {
        return localAddress().getPort();
    }

    /**
     * Waits until it is closed and the last client is gone. Cancelled, it closes the server and the streams of the clients,
     * and waits for them.
     */
    Coroutine<@Nullable Void> serveForever();

    /**
     * Takes no more clients, from soon on; those that are there are served to their end. Does not block, and calling it
     * again does nothing.
     */
    @Override
    void close();

    /** Waits until it is closed and the last client is gone. */
    Coroutine<@Nullable Void> waitClosed();

    /** {@linkplain SocketStream#close() Closes} the streams of all clients, whose handlers come to the end of what they read. */
    void closeClients();

    /** {@linkplain SocketStream#abort() Aborts} the streams of all clients. */
    void abortClients();
}
