package dev.jawait.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on a Unix domain socket that answers each request with its Host header, and keeps its connections. */
public final class UnixServer implements AutoCloseable {
    private final ServerSocketChannel listening;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();

    private UnixServer(ServerSocketChannel listening) {
        this.listening = listening;
        daemon(this::accept);
    }

    /** Listens at {@code path}, where nothing may be. */
    public static UnixServer at(Path path) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(path));
        return new UnixServer(listening);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "unix-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listening.accept();
                accepted.incrementAndGet();
                clients.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void serve(SocketChannel client) {
        ByteBuffer head = ByteBuffer.allocate(8 * 1024);
        try {
            while (client.read(head) >= 0) {
                String text = new String(head.array(), 0, head.position(), ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    head.clear();
                    String host = text.lines()
                            .filter(line -> line.startsWith("Host: "))
                            .findFirst()
                            .orElse("Host: none");
                    client.write(ByteBuffer.wrap(ScriptedServer.ok(host).getBytes(ISO_8859_1)));
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** How many connections it has accepted so far. */
    public int connections() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (SocketChannel client : clients) {
            client.close();
        }
    }
}
