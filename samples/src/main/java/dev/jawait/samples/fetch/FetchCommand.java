package dev.jawait.samples.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options, and what a run is made of. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Fetches a list of URLs over one session and tells how it went.",
            "Without --urls, it fetches a demonstration server of its own, offline."
        },
        footer = {
            "",
            "TIME is a number and its unit: 500ms, 30s, 2m; 0s for no limit.",
            "Exit code: 0 all answered, 1 some failed, 2 wrong usage, 130 interrupted."
        })
final class FetchCommand implements Callable<Integer> {
    @Option(names = "--urls", paramLabel = "FILE", description = "one URL a line, # comments; - for standard input")
    private String urls;

    @Mixin
    private RequestOptions requests;

    @Option(names = "--fail-fast", description = "the first failure cancels the rest")
    private boolean failFast;

    @Option(names = "--output", paramLabel = "FILE", description = "one JSON object per URL, written as they come")
    private Path output;

    @Option(names = "--report", paramLabel = "FILE", description = "an HTML page with a waterfall of all requests")
    private Path report;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (urls == null) {
            return demonstrate();
        }
        try (UrlList list = openUrls()) {
            return fetch(list.lines(), list.size(), urls.equals("-") ? "stdin" : urls);
        }
    }

    private int demonstrate() throws IOException {
        try (DemoSite site = new DemoSite()) {
            requests.defaultTimeout(DemoSite.TIMEOUT);
            say("No --urls: fetching a demonstration, " + site.size() + " pages of a server at " + site.address()
                    + "; some fail or hang on purpose.");
            int exitCode = fetch(site.lines(), OptionalLong.of(site.size()), "demonstration");
            say(exitCode == 1 ? "This was a demonstration with failures in it: exit code 1." : "Demonstration ended.");
            return exitCode;
        }
    }

    private int fetch(Stream<UrlLine> lines, OptionalLong size, String source) throws IOException {
        Summary summary = new Summary();
        try (Recorders recorders = new Recorders()) {
            recorders.add(summary);
            recorders.add(new BadLines(source, spec.commandLine().getErr()));
            if (output != null) {
                recorders.add(open(output, () -> new ResultLog(output)));
            }
            if (report != null) {
                recorders.add(open(report, () -> new Report(report, summary)));
            }
            recorders.add(Progress.create(spec.commandLine().getOut(), size));
            return new FetchJob(requests, failFast, recorders, summary).run(lines, () -> {
                recorders.finish();
                say(summary.toString());
            });
        }
    }

    private UrlList openUrls() {
        return open(urls, () -> UrlList.open(urls));
    }

    private <T> T open(Object file, Callable<T> opening) {
        try {
            return opening.call();
        } catch (Exception e) {
            throw new ParameterException(spec.commandLine(), "Cannot open " + file + ": " + e);
        }
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
