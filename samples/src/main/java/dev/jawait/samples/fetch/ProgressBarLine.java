package dev.jawait.samples.fetch;

import java.io.Closeable;
import java.util.OptionalLong;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar that moves with each page. */
final class ProgressBarLine implements Consumer<Fetched>, Closeable {
    private static final int REFRESH_MILLIS = 100;

    private final ProgressBar bar;
    private int failures;

    ProgressBarLine(OptionalLong size) {
        bar = new ProgressBarBuilder()
                .setTaskName("fetch")
                .setInitialMax(size.orElse(-1))
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.out))
                .showSpeed()
                .build();
    }

    @Override
    public void accept(Fetched page) {
        if (page.isFailed()) {
            failures++;
            bar.setExtraMessage(failures + " failed");
        }
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
