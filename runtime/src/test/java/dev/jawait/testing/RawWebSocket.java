package dev.jawait.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's side of a WebSocket, frame by frame and by hand (RFC 6455, section 5.2), mistakes included. */
public final class RawWebSocket {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The bit of the first byte that ends a message. */
    public static final int FIN = 0x80;

    private final ScriptedConnection connection;

    /**
     * A frame of the client's, its mask undone.
     *
     * @param first the first byte: FIN, the reserved bits and the opcode
     * @param mask null if it had none
     */
    public record Frame(int first, byte @Nullable [] mask, byte[] payload) {
        /** What kind of frame. */
        public int opcode() {
            return first & 0xf;
        }

        /** The payload as text. */
        public String text() {
            return new String(payload, UTF_8);
        }

        /** The code of a Close frame; -1 if it has none. */
        public int code() {
            return payload.length < 2 ? -1 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }

    private RawWebSocket(ScriptedConnection connection) {
        this.connection = connection;
    }

    /** Reads the handshake and accepts it, with {@code lines} in the answer beside the usual ones. */
    public static RawWebSocket accept(ScriptedConnection connection, String... lines) throws IOException {
        ScriptedConnection.Request request = connection.readRequest();
        if (request == null) {
            throw new IOException("No handshake came");
        }
        connection.send(answer(request, lines));
        return new RawWebSocket(connection);
    }

    /** The frames of a connection whose handshake is over. */
    public static RawWebSocket on(ScriptedConnection connection) {
        return new RawWebSocket(connection);
    }

    /** The answer that accepts {@code request}. */
    public static String answer(ScriptedConnection.Request request, String... lines) {
        String all =
                String.join("", Arrays.stream(lines).map(line -> line + "\r\n").toList());
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + key(request) + "\r\n" + all + "\r\n";
    }

    /** What answers the key of {@code request}. */
    public static String key(ScriptedConnection.Request request) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((request.headers().get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A frame without a mask, as servers send them. */
    public static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65536) {
            frame.write(126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The payload of a Close frame. */
    public static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    /** Sends a whole text. */
    public void text(String text) throws IOException {
        send(FIN | TEXT, text.getBytes(UTF_8));
    }

    /** Sends a Close frame. */
    public void close(int code) throws IOException {
        send(FIN | CLOSE, close(code, ""));
    }

    /** Sends one frame. */
    public void send(int first, byte... payload) throws IOException {
        connection.send(frame(first, payload));
    }

    /** Sends these bytes. */
    public void sendRaw(int... bytes) throws IOException {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        connection.send(raw);
    }

    /** The next frame, or null if the connection was closed instead. */
    public @Nullable Frame read() throws IOException {
        byte[] head = connection.readBytes(2);
        if (head.length < 2) {
            return null;
        }
        byte[] mask = (head[1] & 0x80) == 0 ? null : new byte[0];
        int length = head[1] & 0x7f;
        if (length == 126) {
            length = ByteBuffer.wrap(connection.readBytes(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = (int) ByteBuffer.wrap(connection.readBytes(8)).getLong();
        }
        if (mask != null) {
            mask = connection.readBytes(4);
        }
        byte[] payload = connection.readBytes(length);
        for (int i = 0; mask != null && i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(head[0] & 0xff, mask, payload);
    }

    /** The next frame, which must come. */
    public Frame next() throws IOException {
        Frame frame = read();
        if (frame == null) {
            throw new IOException("The client closed the connection");
        }
        return frame;
    }

    /** Sends back each message, until a Close frame comes, which is answered. */
    public void echo() throws IOException {
        Frame frame;
        while ((frame = read()) != null) {
            send(frame.first(), frame.payload());
            if (frame.opcode() == CLOSE) {
                return;
            }
        }
    }
}
