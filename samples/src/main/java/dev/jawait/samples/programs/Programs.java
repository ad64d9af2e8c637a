package dev.jawait.samples.programs;

import picocli.CommandLine;

/** Runs random programs and compares their traces with those that asyncio left; try {@code --help}. */
public final class Programs {
    private Programs() {}

    public static void main(String[] args) {
        // The programs fail on purpose, and leave errors for nobody.
        System.setProperty("org.slf4j.simpleLogger.log.dev.jawait.tasks", "off");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ProgramsCommand());
    }
}
