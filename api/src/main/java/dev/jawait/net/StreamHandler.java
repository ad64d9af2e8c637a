package dev.jawait.net;

/** What a {@link Server} does for a client; it may block and await. */
@FunctionalInterface
public interface StreamHandler {
    /** Runs until this client is done with. */
    void handle(SocketStream stream) throws Exception;
}
