package dev.jawait.samples.programs;

import java.util.List;
import java.util.stream.Collectors;

/** A program that did something else than in asyncio. */
record Difference(Program program, List<Event> actual) {
    @Override
    public String toString() {
        return program.name() + " differs: " + program.tree() + "\n  asyncio:\n" + lines(program.expected())
                + "  here:\n" + lines(actual);
    }

    private static String lines(List<Event> trace) {
        return trace.stream().sorted().map(event -> "    " + event + "\n").collect(Collectors.joining());
    }
}
