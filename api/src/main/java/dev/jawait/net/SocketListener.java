package dev.jawait.net;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import java.net.InetSocketAddress;

/**
 * A socket that listens: who connects is accepted one by one, when that is asked for, and waits in the system until then.
 * May be used from any thread.
 *
 * <p>With {@code use(listener, body)} it is closed at the end of the body. A listener that is collected without having been
 * closed is closed then, and logged.
 */
public interface SocketListener extends AutoCloseable, AsyncResource<SocketListener> {
    /**
     * Waits for a client: {@code sock_accept}. Who waits first is served first. A client that comes at the moment of a
     * cancel is the next one's. With TLS, a client has shaken hands; one whose handshake fails is not told of, and one that
     * takes long over it does not hold the others up.
     *
     * <p>Ends with {@link IllegalStateException} when the listener is closed.
     */
    Coroutine<SocketStream> accept();

    /** Where it listens. */
    InetSocketAddress localAddress();

    /** The port it listens at. */
    default int port() {
        return localAddress().getPort();
    }

    /**
     * Listens no more, from soon on; clients that were not accepted are disconnected, streams stay open. Does not block, and
     * calling it again does nothing. Leaving {@code use(listener, body)} waits until nobody can connect any more.
     */
    @Override
    void close();
}
