package dev.jawait.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What {@link WebSocket#receive()} results in. Fragments are put together, compression is undone. */
public sealed interface WsMessage {
    /** A text; what was not UTF-8 has failed the connection instead. */
    record Text(String text) implements WsMessage {}

    /** Bytes; compared by content. */
    record Binary(byte[] data) implements WsMessage {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Binary binary && Arrays.equals(data, binary.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Binary[" + data.length + " bytes]";
        }
    }

    /** A ping, where {@link WebSocketRequest#autoPing} is off: answer it with {@link WebSocket#pong(byte[])}. */
    record Ping(byte[] data) implements WsMessage {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ping ping && Arrays.equals(data, ping.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Ping[" + data.length + " bytes]";
        }
    }

    /** A pong, where {@link WebSocketRequest#autoPing} is off. */
    record Pong(byte[] data) implements WsMessage {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pong pong && Arrays.equals(data, pong.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Pong[" + data.length + " bytes]";
        }
    }

    /**
     * The server closes. Once for a connection; {@link Closed} follows it.
     *
     * @param code of RFC 6455, section 7.4; 1005 if the server gave none
     * @param reason may be empty
     */
    record Close(int code, String reason) implements WsMessage {}

    /** There is nothing to receive: the connection is closed, by this side or as {@link Close} said, or lost. */
    record Closed() implements WsMessage {}
}
