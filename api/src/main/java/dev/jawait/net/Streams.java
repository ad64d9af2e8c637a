package dev.jawait.net;

import dev.jawait.Coroutine;
import dev.jawait.spi.NetRuntime;

/**
 * The door to sockets: streams to servers, and from clients. All of it runs on the loops of the task that awaits it; names
 * are looked up elsewhere. A runner of virtual time leaves its sockets to the shared one.
 */
public final class Streams {
    private Streams() {}

    /** {@link #connect(String, int, StreamOptions)} with the defaults. */
    public static Coroutine<SocketStream> connect(String host, int port) {
        return connect(host, port, StreamOptions.DEFAULT);
    }

    /**
     * Connects to a server: {@code open_connection}. The addresses of {@code host} are tried 250 milliseconds apart, or at
     * once where one fails, and the first that answers is taken (Happy Eyeballs, RFC 8305). With TLS, the handshake is a part of it, and the certificate must be that of {@code host}. The only limits of time are the
     * system's for each address, and a minute for the handshake: put {@code withTimeout} around it. Cancelled at any
     * moment, it leaves no connection behind.
     *
     * <p>Ends with {@link java.io.UncheckedIOException}; its cause tells what it was:
     * {@link java.net.UnknownHostException}, {@link java.net.ConnectException}, {@link javax.net.ssl.SSLException}.
     *
     * @param host a name or an address; an IPv6 address without brackets
     * @throws IllegalArgumentException if {@code port} is not one
     */
    public static Coroutine<SocketStream> connect(String host, int port, StreamOptions options) {
        return NetRuntime.get().connect(host, port, options);
    }

    /** {@link #listen(String, int, StreamOptions)} with the defaults. */
    public static Coroutine<SocketListener> listen(String host, int port) {
        return listen(host, port, StreamOptions.DEFAULT);
    }

    /**
     * Listens for clients, to accept them one by one. Ends with {@link java.io.UncheckedIOException} if the address is in
     * use or not of this machine.
     *
     * @param host where to listen, {@code 127.0.0.1} say; of a name with several addresses the first; {@code 0.0.0.0} for
     *     all of this machine
     * @param port 0 for a free one, see {@link SocketListener#port()}
     * @throws IllegalArgumentException if {@code port} is not one
     */
    public static Coroutine<SocketListener> listen(String host, int port, StreamOptions options) {
        return NetRuntime.get().listen(host, port, options);
    }

    /** {@link #serve(String, int, StreamOptions, StreamHandler)} with the defaults. */
    public static Coroutine<Server> serve(String host, int port, StreamHandler handler) {
        return serve(host, port, StreamOptions.DEFAULT, handler);
    }

    /**
     * Listens, and runs {@code handler} for each client in a task of its own: {@code start_server}. It results in the
     * server once that listens. The stream is closed when the handler ends; what it throws is logged, and breaks the
     * connection of that client. Ends and throws as {@link #listen(String, int, StreamOptions)} does.
     */
    public static Coroutine<Server> serve(String host, int port, StreamOptions options, StreamHandler handler) {
        return NetRuntime.get().serve(host, port, options, handler);
    }
}
