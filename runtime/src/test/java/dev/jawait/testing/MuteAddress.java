package dev.jawait.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address and port of the loopback on which an attempt to connect gets no answer, good or bad. */
public final class MuteAddress implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 200;

    private final ServerSocket full;
    private final List<Socket> crowd = new ArrayList<>();

    private MuteAddress(ServerSocket full) throws IOException {
        this.full = full;
        while (connectsOneMore()) {
            // Until its queue, which nobody serves, is full.
        }
    }

    /** Any {@code address} of the loopback; port 0 for a free one. */
    public static MuteAddress at(String address, int port) throws IOException {
        return new MuteAddress(new ServerSocket(port, 1, InetAddress.getByName(address)));
    }

    private boolean connectsOneMore() throws IOException {
        Socket socket = new Socket();
        crowd.add(socket);
        try {
            socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), PATIENCE_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The port. */
    public int port() {
        return full.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : crowd) {
            socket.close();
        }
        full.close();
    }
}
