package dev.jawait.net;

import dev.jawait.Coroutine;
import java.net.InetSocketAddress;

/** A socket that listens; clients wait in the system until they are accepted. */
public interface SocketListener extends AutoCloseable {
    /**
     * Waits for a client. One that comes at the moment of a cancel is not lost: it is the next one.
     *
     * @return a coroutine that fails with {@link IllegalStateException} once the listener is closed
     */
    Coroutine<SocketStream> accept();

    /** Where it listens. */
    InetSocketAddress localAddress();

    /** The port at which it listens. */
    default int port() {
        return localAddress().getPort();
    }

    /** Listens no more; streams that were accepted stay open. */
    @Override
    void close();
}
