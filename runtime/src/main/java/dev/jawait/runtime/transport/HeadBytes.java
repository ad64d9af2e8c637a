package dev.jawait.runtime.transport;

import dev.jawait.http.ClientException;
import dev.jawait.http.InvalidUrlException;
import java.util.Arrays;

/** Bytes of a head, put together piece by piece: each character is checked as it is written, so that nothing can end a line early. */
final class HeadBytes {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                .chars()
                .forEach(c -> TOKEN[c] = true);
    }

    private byte[] bytes;
    private int length;

    /** @param estimate how many there will be, perhaps */
    HeadBytes(int estimate) {
        bytes = new byte[estimate];
    }

    /** The array there is, which may be longer than what was written. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void token(String what, CharSequence text) {
        if (text.length() == 0) {
            throw new ClientException("The " + what + " is empty", null);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !TOKEN[c]) {
                throw new ClientException(illegal(c, what), null);
            }
            write(c);
        }
    }

    void url(String what, CharSequence text) {
        if (text.length() == 0) {
            throw new InvalidUrlException("The " + what + " is empty", null);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127) {
                throw new InvalidUrlException(illegal(c, what), null);
            }
            write(c);
        }
    }

    void value(String name, CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 127 || c > 255) {
                throw new ClientException(illegal(c, "value of the header " + name), null);
            }
            write(c);
        }
    }

    private static String illegal(char c, String where) {
        return String.format("Illegal character U+%04X in the %s", (int) c, where);
    }

    /** What needs no check. */
    void raw(String text) {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    /** What was checked before. */
    void all(HeadBytes checked) {
        makeRoom(checked.length);
        System.arraycopy(checked.bytes, 0, bytes, length, checked.length);
        length += checked.length;
    }

    private void write(char c) {
        if (length == bytes.length) {
            makeRoom(1);
        }
        bytes[length++] = (byte) c;
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * length, length + more));
        }
    }
}
