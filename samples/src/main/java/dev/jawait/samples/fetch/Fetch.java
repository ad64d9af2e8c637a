package dev.jawait.samples.fetch;

import picocli.CommandLine;

/** Fetches a list of URLs over one session, with limits, time limits, retries, a log and a report; try {@code --help}. */
public final class Fetch {
    private Fetch() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new FetchCommand()).setExecutionExceptionHandler((error, commandLine, parsed) -> {
            commandLine.getErr().println("fetch: " + error);
            return commandLine.getCommandSpec().exitCodeOnExecutionException();
        });
    }
}
