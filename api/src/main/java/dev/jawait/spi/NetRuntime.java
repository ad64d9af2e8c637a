package dev.jawait.spi;

import dev.jawait.Coroutine;
import dev.jawait.net.Server;
import dev.jawait.net.SocketListener;
import dev.jawait.net.SocketStream;
import dev.jawait.net.StreamHandler;
import dev.jawait.net.StreamOptions;

/** The sockets behind {@link dev.jawait.net.Streams}; its methods are documented there. */
public interface NetRuntime {
    /** The one found on the class path or module path. */
    static NetRuntime get() {
        return RuntimeProvider.get().net();
    }

    Coroutine<SocketStream> connect(String host, int port, StreamOptions options);

    Coroutine<SocketListener> listen(String host, int port, StreamOptions options);

    Coroutine<Server> serve(String host, int port, StreamOptions options, StreamHandler handler);
}
