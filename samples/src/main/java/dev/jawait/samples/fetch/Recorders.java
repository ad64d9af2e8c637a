package dev.jawait.samples.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hands each page to all who record it, one page at a time, and closes those that want it, once. */
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
    public synchronized void close() throws IOException {
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
