package dev.jawait.samples.fetch;

import dev.jawait.http.InvalidUrlException;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Says which lines of the input are no URLs. */
final class BadLines implements Consumer<Fetched> {
    private final String source;
    private final PrintWriter err;

    BadLines(String source, PrintWriter err) {
        this.source = source;
        this.err = err;
    }

    @Override
    public void accept(Fetched page) {
        if (page.error() instanceof InvalidUrlException) {
            err.println(source + ":" + page.line().number() + ": not a URL to fetch: "
                    + page.line().url());
            err.flush();
        }
    }
}
