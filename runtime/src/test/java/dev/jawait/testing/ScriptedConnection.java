package dev.jawait.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link ScriptedServer}, for its script. */
public final class ScriptedConnection implements AutoCloseable {
    /**
     * A request as it came.
     *
     * @param headers by name, without regard to case; of repeated ones the last
     * @param head all of the head as text
     */
    public record Request(String method, String target, Map<String, String> headers, byte[] body, String head) {
        /** The body as text. */
        public String text() {
            return new String(body, ISO_8859_1);
        }
    }

    private final ScriptedServer server;
    private final Socket socket;
    private final int number;
    private volatile @Nullable Throwable failure;
    private @Nullable InputStream input;

    ScriptedConnection(ScriptedServer server, Socket socket, int number) {
        this.server = server;
        this.socket = socket;
        this.number = number;
    }

    /** 1 for the first connection the server accepted. */
    public int number() {
        return number;
    }

    /** The socket, for what this class does not offer. */
    public Socket socket() {
        return socket;
    }

    private InputStream input() throws IOException {
        if (input == null) {
            input = new BufferedInputStream(socket.getInputStream());
        }
        return input;
    }

    /** The next request with its body, or null if the client closed the connection instead. */
    public @Nullable Request readRequest() throws IOException {
        Request head = readHead();
        if (head == null) {
            return null;
        }
        return new Request(head.method, head.target, head.headers, readBody(head), head.head);
    }

    /** The body of the request whose head was read last, chunks put together. */
    public byte[] readBody(Request head) throws IOException {
        if ("chunked".equals(head.headers.get("Transfer-Encoding"))) {
            return readChunks();
        }
        return input().readNBytes(Integer.parseInt(head.headers.getOrDefault("Content-Length", "0")));
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = readChunkSize();
        while (size > 0) {
            body.write(input().readNBytes(size));
            skip(2);
            size = readChunkSize();
        }
        skip(2);
        return body.toByteArray();
    }

    private int readChunkSize() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input().read(); next != '\n'; next = input().read()) {
            if (next < 0) {
                throw new IOException("The connection ended within a chunked body");
            }
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().trim(), 16);
    }

    /** The head of the next request alone, or null. */
    public @Nullable Request readHead() throws IOException {
        String head = readText();
        if (head == null) {
            return null;
        }
        server.countRequest();
        List<String> lines = List.of(head.split("\r\n"));
        String[] first = lines.get(0).split(" ");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        return new Request(first[0], first[1], headers, new byte[0], head);
    }

    /** Reads {@code count} bytes and forgets them. */
    public void skip(int count) throws IOException {
        input().skipNBytes(count);
    }

    /** The next {@code count} bytes, fewer if the client closed the connection before. */
    public byte[] readBytes(int count) throws IOException {
        return input().readNBytes(count);
    }

    private @Nullable String readText() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = 0;
        while (end < 4) {
            int next = input().read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
            end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
        }
        return bytes.toString(ISO_8859_1);
    }

    /** Sends {@code text} at once. */
    public void send(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    /** Sends {@code bytes} at once. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Does nothing until the test calls {@link ScriptedServer#release()}. */
    public void stall() throws InterruptedException {
        server.awaitRelease();
    }

    /** Waits until the client closes the connection, whatever it sends before. */
    public void awaitClose() throws IOException {
        input().transferTo(java.io.OutputStream.nullOutputStream());
    }

    /** Ends what the server sends; it still receives. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Resets the connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void failed(Throwable error) {
        failure = error;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            failed(e);
        }
    }
}
