package dev.jawait.testing;

import dev.jawait.AsyncRunnable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a piece of code logs. */
public final class Logged {
    private Logged() {}

    /** What {@code piece} writes to the standard error, where the log goes. */
    public static String by(AsyncRunnable piece) {
        return by(new ByteArrayOutputStream(), piece);
    }

    /** The same, and what is logged as garbage is collected afterwards, until that has {@code expected}, 20 seconds at most. */
    public static String untilCollected(AsyncRunnable piece, String expected) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        return by(log, () -> {
            piece.run();
            Garbage.collectUntil(() -> log.toString(StandardCharsets.UTF_8).contains(expected), 20_000);
        });
    }

    private static synchronized String by(ByteArrayOutputStream log, AsyncRunnable piece) {
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            piece.run();
        } catch (Exception error) {
            throw new AssertionError(error);
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
