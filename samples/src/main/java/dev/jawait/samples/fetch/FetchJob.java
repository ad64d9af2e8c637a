package dev.jawait.samples.fetch;

import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run: starts the work, waits for its end or for Ctrl-C, and turns it into an exit code. */
final class FetchJob {
    private static final int INTERRUPTED = 130;

    private final RequestOptions options;
    private final boolean failFast;
    private final Consumer<Fetched> recorder;
    private final Summary summary;

    FetchJob(RequestOptions options, boolean failFast, Consumer<Fetched> recorder, Summary summary) {
        this.options = options;
        this.failFast = failFast;
        this.recorder = recorder;
        this.summary = summary;
    }

    /** What is done at the end, however it comes: also on Ctrl-C, before the JVM ends. */
    interface Ending {
        void end() throws IOException;
    }

    int run(Stream<UrlLine> lines, Ending ending) throws IOException {
        try (Connector connector = options.openConnector();
                ClientSession session = options.openSession(connector, new TraceListener())) {
            Task<List<Void>> work = new Fetcher(session, options, recorder)
                    .fetchAll(lines, failFast)
                    .start();
            try (CtrlC ctrlC = CtrlC.cancels(work)) {
                join(work);
                summary.connections(connector.stats());
                ending.end();
                return ctrlC.wasPressed() ? INTERRUPTED : summary.failures() > 0 ? 1 : 0;
            }
        }
    }

    /** A failed page is in the records and has ended the work only if that was asked for; anything else is thrown. */
    private void join(Task<?> work) {
        try {
            work.join();
        } catch (CancelledException cancelled) {
            summary.interrupted();
        } catch (RuntimeException error) {
            if (!failFast || summary.failures() == 0) {
                throw error;
            }
        }
    }
}
