package dev.jawait.samples.fetch;

import dev.jawait.http.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports of pages that nobody has fetched. */
final class Reports {
    private Reports() {}

    static Path write(Path directory, Fetched... pages) throws IOException {
        Path file = directory.resolve("report.html");
        Summary summary = new Summary();
        try (Report report = new Report(file, summary)) {
            List.of(pages).forEach(summary.andThen(report)::accept);
        }
        return file;
    }

    /** Began 5 microseconds into the run and took 1000: it waited for the pool, then for its first byte. */
    static Fetched page(String url, @Nullable Integer status, @Nullable RuntimeException error) {
        return page(url, status, error, 5);
    }

    static Fetched page(String url, @Nullable Integer status, @Nullable RuntimeException error, long start) {
        String name = error == null ? null : error.getClass().getSimpleName();
        Result result = new Result(url, status, 10, 1, name, null, 1, true);
        List<Span> spans = List.of(new Span(Phase.POOL, 5, 25), new Span(Phase.FIRST_BYTE, 25, 995));
        return new Fetched(new UrlLine(1, url), result, error, start, 1000, spans);
    }
}
