package dev.jawait.benchmarks.plot;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The numbers of lines. */
public final class LineTable {
    private LineTable() {}

    /** A row for each line, with a column for each count that any of them has. */
    public static String of(String title, List<Line> lines) {
        SortedSet<Integer> counts = lines.stream()
                .flatMap(line -> line.costs().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        StringBuilder table = new StringBuilder(String.format("%n%-40s", title));
        counts.forEach(count -> table.append(cell("%,d", count)));
        for (Line line : lines) {
            table.append(String.format("%n%-40s", line.name()));
            counts.forEach(count -> table.append(cell("%,.1f", line.costs().get(count))));
        }
        return table.append(System.lineSeparator()).toString();
    }

    private static String cell(String format, @Nullable Number number) {
        return String.format(" %11s", number == null ? "" : String.format(Locale.ROOT, format, number));
    }
}
