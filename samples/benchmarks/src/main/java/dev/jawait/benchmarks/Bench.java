package dev.jawait.benchmarks;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks with JMH, whose options it takes, and sums up what they cost. */
public final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        CommandLineOptions options = options(args);
        if (options.shouldHelp()) {
            options.showHelp();
        } else if (options.shouldList()) {
            new Runner(options).list();
        } else {
            System.out.println(Table.of(run(options)));
        }
    }

    private static CommandLineOptions options(String[] args) {
        try {
            return new CommandLineOptions(args);
        } catch (CommandLineOptionException error) {
            System.err.println("bench: " + error.getMessage() + "; bench -h tells the options");
            System.exit(2);
            throw new AssertionError(error);
        }
    }

    private static Collection<RunResult> run(CommandLineOptions options) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .parent(options)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
