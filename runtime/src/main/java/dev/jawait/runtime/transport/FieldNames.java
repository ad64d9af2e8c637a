package dev.jawait.runtime.transport;

import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of header fields as they came, kept for the next time: servers send the same ones again and again. Shared by
 * all connections without a lock, since names are immutable; at worst one is made once more.
 */
final class FieldNames {
    private static final int SLOTS = 256;
    private static final int LONGEST = 64;
    private static final @Nullable AsciiString[] KNOWN = new AsciiString[SLOTS];

    private FieldNames() {}

    /** The name that stands in {@code line} from {@code start} on. */
    static AsciiString of(byte[] line, int start, int length) {
        if (length == 0 || length > LONGEST) {
            return new AsciiString(line, start, length, true);
        }
        int slot = slot(line, start, length);
        AsciiString known = KNOWN[slot];
        if (known == null || !is(known, line, start, length)) {
            known = new AsciiString(line, start, length, true);
            KNOWN[slot] = known;
        }
        return known;
    }

    private static int slot(byte[] line, int start, int length) {
        int middle = line[start + length / 2];
        return ((length * 31 + line[start]) * 31 + middle * 7 + line[start + length - 1]) & (SLOTS - 1);
    }

    private static boolean is(AsciiString known, byte[] line, int start, int length) {
        return Arrays.equals(known.array(), 0, known.length(), line, start, start + length);
    }
}
