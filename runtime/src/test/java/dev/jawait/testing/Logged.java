package dev.jawait.testing;

import dev.jawait.AsyncRunnable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a piece of code logs. */
public final class Logged {
    private Logged() {}

    /** What {@code piece} writes to the standard error, where the log goes. */
    public static synchronized String by(AsyncRunnable piece) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
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
