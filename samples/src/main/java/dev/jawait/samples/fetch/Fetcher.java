package dev.jawait.samples.fetch;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import dev.jawait.http.TooManyRedirectsException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The work: fetches pages over one session, a limited number at once, and hands each on as soon as it has ended. */
final class Fetcher {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final ClientSession session;
    private final RequestOptions options;
    private final Consumer<Fetched> recorder;
    private final long epoch = System.nanoTime();

    Fetcher(ClientSession session, RequestOptions options, Consumer<Fetched> recorder) {
        this.session = session;
        this.options = options;
        this.recorder = recorder;
    }

    /**
     * Fetches all. A line is read when there is a place for its request, so any number of lines will do. A page fails
     * the whole only if that is asked for; then, and on a cancel, the rest is cancelled and waited for.
     */
    Coroutine<List<Void>> fetchAll(Stream<UrlLine> lines, boolean failFast) {
        Iterable<Coroutine<Void>> pages = lines.map(line -> page(line, failFast))::iterator;
        return gather(pages).limit(options.limit()).cancelOnFailure();
    }

    private Coroutine<Void> page(UrlLine line, boolean failFast) {
        return async(line.url(), () -> {
            Fetched page = fetch(line);
            recorder.accept(page);
            if (page.error() instanceof CancelledException || failFast && page.isFailed()) {
                throw page.error();
            }
        });
    }

    private Fetched fetch(UrlLine line) {
        Trace trace = new Trace(epoch);
        try {
            return trace.answered(line, bytesOf(line.url(), trace));
        } catch (RuntimeException error) {
            return trace.failed(line, error);
        }
    }

    /** Tries again, after a pause that doubles, what may come out differently. */
    private long bytesOf(String url, Trace trace) {
        Duration pause = FIRST_PAUSE;
        for (int retries = options.retries(); ; retries--) {
            try {
                return await(request(url, trace));
            } catch (RuntimeException error) {
                if (retries == 0 || !mayPass(error)) {
                    throw error;
                }
            }
            await(sleep(pause));
            pause = pause.multipliedBy(2);
        }
    }

    /** One request. Its body is counted and thrown away: nothing of it is kept, and its connection serves the next. */
    private Coroutine<Long> request(String url, Trace trace) {
        return options.request(session, url)
                .tag(trace)
                .use(response -> await(response.body().discard()));
    }

    private static boolean mayPass(RuntimeException error) {
        if (error instanceof ClientResponseException response) {
            return response.status() >= 500 && !(response instanceof TooManyRedirectsException);
        }
        return error instanceof ClientConnectionException
                || error instanceof ClientPayloadException
                || error instanceof AsyncTimeoutException;
    }
}
