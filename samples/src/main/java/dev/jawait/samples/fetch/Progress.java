package dev.jawait.samples.fetch;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Shows how far it is: a bar on a terminal, lines elsewhere. */
final class Progress {
    private Progress() {}

    static Consumer<Fetched> create(PrintWriter out, OptionalLong size) {
        return isTerminal() ? new ProgressBarLine(size) : new ProgressLines(out, size);
    }

    /** Whether standard output is a terminal, which the JDK alone cannot tell when the input is none. */
    private static boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return System.console() != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
