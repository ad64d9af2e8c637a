package dev.jawait.net;

/** What a {@link Server} does for each client. Like every body it may block, await and throw. */
@FunctionalInterface
public interface StreamHandler {
    /** Serves one client; its stream is closed when this ends. */
    void handle(SocketStream stream) throws Exception;
}
