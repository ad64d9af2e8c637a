package dev.jawait.samples.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hands each page to all who record it, one page at a time. */
final class Recorders implements Consumer<Fetched>, Closeable {
    private final List<Consumer<Fetched>> recorders = new ArrayList<>();
    private boolean closed;

    synchronized void add(Consumer<Fetched> recorder) {
        recorders.add(recorder);
    }

    @Override
    public synchronized void accept(Fetched page) {
        if (!closed) {
            recorders.forEach(recorder -> recorder.accept(page));
        }
    }

    @Override
    public void close() throws IOException {
        finish();
    }

    /** Closes those that want it; what comes later is not recorded. Calling it again does nothing. */
    synchronized void finish() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        for (Consumer<Fetched> recorder : recorders) {
            if (recorder instanceof Closeable closeable) {
                closeable.close();
            }
        }
    }
}
