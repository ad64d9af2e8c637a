package dev.jawait.benchmarks.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What servers answer with. */
final class Pages {
    static final byte[] SMALL = "Hello, world!".getBytes(StandardCharsets.US_ASCII);
    static final byte[] LARGE = new byte[100_000];

    static {
        Arrays.fill(LARGE, (byte) 'x');
    }

    private Pages() {}
}
