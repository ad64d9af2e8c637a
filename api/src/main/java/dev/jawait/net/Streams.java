package dev.jawait.net;

import dev.jawait.Coroutine;
import dev.jawait.spi.NetRuntime;

/** Opens streams, to servers and for clients. */
public final class Streams {
    private Streams() {}

    /** {@link #connect(String, int, StreamOptions)} without TLS. */
    public static Coroutine<SocketStream> connect(String host, int port) {
        return connect(host, port, StreamOptions.DEFAULT);
    }

    /**
     * Connects to a server: {@code asyncio.open_connection}. Its addresses are tried one after the other; with TLS the
     * certificate must be {@code host}'s. There is no time limit but the system's: put {@code withTimeout} around it.
     * Cancelled at any moment, it leaves no connection behind.
     *
     * @throws java.io.UncheckedIOException when it runs, if there is no such host, or it cannot be reached, or the
     *     handshake fails
     */
    public static Coroutine<SocketStream> connect(String host, int port, StreamOptions options) {
        return NetRuntime.get().connect(host, port, options);
    }

    /** {@link #listen(String, int, StreamOptions)} without TLS. */
    public static Coroutine<SocketListener> listen(String host, int port) {
        return listen(host, port, StreamOptions.DEFAULT);
    }

    /**
     * Listens for clients, who are accepted one by one as {@link SocketListener#accept()} is awaited.
     *
     * @param host the address to listen at, such as {@code 127.0.0.1}; {@code 0.0.0.0} for all
     * @param port 0 for a free one, see {@link SocketListener#port()}
     * @throws java.io.UncheckedIOException when it runs, if the address is in use or not this machine's
     */
    public static Coroutine<SocketListener> listen(String host, int port, StreamOptions options) {
        return NetRuntime.get().listen(host, port, options);
    }

    /** {@link #serve(String, int, StreamOptions, StreamHandler)} without TLS. */
    public static Coroutine<Server> serve(String host, int port, StreamHandler handler) {
        return serve(host, port, StreamOptions.DEFAULT, handler);
    }

    /**
     * Listens, and runs {@code handler} in a task of its own for each client: {@code asyncio.start_server}. The stream is
     * closed when the handler ends; an error of the handler's is logged and ends that client alone.
     *
     * @param host the address to listen at, such as {@code 127.0.0.1}; {@code 0.0.0.0} for all
     * @param port 0 for a free one, see {@link Server#port()}
     * @throws java.io.UncheckedIOException when it runs, if the address is in use or not this machine's
     */
    public static Coroutine<Server> serve(String host, int port, StreamOptions options, StreamHandler handler) {
        return NetRuntime.get().serve(host, port, options, handler);
    }
}
