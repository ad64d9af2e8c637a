package dev.jawait.testing;

import dev.jawait.AsyncRunnable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

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

    /** The same, and what is logged as garbage is collected afterwards, until that has {@code expected}, 10 seconds at most. */
    public static String untilCollected(AsyncRunnable piece, String expected) {
        StringBuffer log = new StringBuffer(by(piece));
        Garbage.collectUntil(() -> log.append(by(Logged::collect)).indexOf(expected) >= 0, 10_000);
        return log.toString();
    }

    private static void collect() throws InterruptedException {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(20);
    }
}
