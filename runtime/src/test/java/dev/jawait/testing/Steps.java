package dev.jawait.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Numbered steps: a test says {@code steps.expect(1)} … {@code steps.finish(n)} wherever code is to pass, in the order in
 * which it is to pass. As a JUnit extension, or closed, it fails if the order was another or the last step was not
 * reached, also where whoever took a wrong step swallowed the failure.
 */
public final class Steps implements AfterEachCallback, AutoCloseable {
    private int passed;
    private boolean used;
    private boolean finished;
    private @Nullable AssertionError first;

    /** The code passes here as the {@code step}-th. */
    public synchronized void expect(int step) {
        used = true;
        try {
            assertTrue(!finished, "Step " + step + " comes after the last one");
            assertEquals(step, ++passed, "The order of the steps");
        } catch (AssertionError wrong) {
            first = first == null ? wrong : first;
            throw wrong;
        }
    }

    /** As {@link #expect(int)}, and this is the last one. */
    public synchronized void finish(int step) {
        expect(step);
        finished = true;
    }

    /** The code must not pass here. */
    public synchronized void unreached() {
        used = true;
        first = first == null ? new AssertionError("Reached what must not be reached, after step " + passed) : first;
        throw first;
    }

    @Override
    public synchronized void close() {
        if (first != null) {
            throw first;
        }
        assertTrue(!used || finished, "The last step was not reached, only step " + passed);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
