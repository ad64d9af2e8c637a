package dev.jawait.samples.fetch;

import java.io.PrintWriter;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A line for each failure, and one a second for the rest. */
final class ProgressLines implements Consumer<Fetched> {
    private static final long SECOND = 1_000_000_000;

    private final PrintWriter out;
    private final String of;
    private long lastLine = System.nanoTime();
    private int pages;
    private int failures;

    ProgressLines(PrintWriter out, OptionalLong size) {
        this.out = out;
        this.of = size.isPresent() ? " of " + size.getAsLong() : "";
    }

    @Override
    public void accept(Fetched page) {
        pages++;
        if (page.isFailed()) {
            failures++;
            print("failed: " + page.line().url() + ": " + page.result().error() + inPhase(page.result()) + " after "
                    + page.result().elapsedMs() + " ms");
        }
        if (System.nanoTime() - lastLine >= SECOND) {
            lastLine = System.nanoTime();
            print(pages + of + " done, " + failures + " failed");
        }
    }

    private static String inPhase(Result result) {
        return result.phase() == null ? "" : " in phase " + result.phase();
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
