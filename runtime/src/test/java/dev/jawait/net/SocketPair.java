package dev.jawait.net;

import static dev.jawait.Async.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jawait.runtime.streams.Incoming;
import dev.jawait.runtime.streams.StreamImpl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A stream, and at its other end a plain socket that does what the test says. For the body of a test. */
final class SocketPair implements AutoCloseable {
    final SocketStream stream;
    final SocketChannel peer;

    private SocketPair(SocketStream stream, SocketChannel peer) {
        this.stream = stream;
        this.peer = peer;
    }

    static SocketPair open() throws IOException {
        return open(StreamOptions.DEFAULT);
    }

    static SocketPair open(StreamOptions options) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = server.socket().getLocalPort();
            SocketStream stream = await(Streams.connect("127.0.0.1", port, options));
            return new SocketPair(stream, server.accept());
        }
    }

    /** What the stream has received and nobody has read. */
    Incoming incoming() {
        return ((StreamImpl) stream).getLink().getIncoming();
    }

    void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        peer.socket().getOutputStream().write(bytes);
    }

    void sendEnd() throws IOException {
        peer.shutdownOutput();
    }

    /** All that the stream sends, up to its end. */
    byte[] receiveAll() throws IOException {
        return peer.socket().getInputStream().readAllBytes();
    }

    byte[] receive(int count) throws IOException {
        return peer.socket().getInputStream().readNBytes(count);
    }

    void reset() throws IOException {
        peer.socket().setSoLinger(true, 0);
        peer.close();
    }

    @Override
    public void close() throws IOException {
        stream.close();
        peer.close();
    }
}
