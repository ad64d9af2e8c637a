package dev.jawait.benchmarks.http;

import java.util.List;

/** A workload, ready to be run: with its URLs, and a time at which it ends. */
record Job(Workload workload, List<String> urls, long end) {
    /** The URL of the request number {@code number}. */
    String url(int number) {
        return urls.get(Math.floorMod(number, urls.size()));
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }
}
