package dev.jawait.benchmarks.tasks;

import dev.jawait.benchmarks.JavaProcess;
import dev.jawait.benchmarks.plot.Line;
import dev.jawait.benchmarks.plot.Plot;
import java.util.List;
import java.util.stream.IntStream;

/** What one task costs, by how many there are; in a JVM of its own. */
public final class TaskGrowth {
    private TaskGrowth() {}

    /** Nanoseconds for each, in a JVM that is started with {@code options}. */
    public static Plot measure(String title, List<String> options, List<Integer> counts) throws Exception {
        List<String> arguments = counts.stream().map(Object::toString).toList();
        List<Line> lines = JavaProcess.run(options, TaskMain.class, arguments).stream()
                .map(printed -> line(printed, counts))
                .toList();
        return new Plot(title, "tasks", "ns for each task", lines);
    }

    /** A name, and as many costs as there are counts. */
    private static Line line(String printed, List<Integer> counts) {
        String[] fields = printed.split(";");
        Line line = new Line(fields[0]);
        IntStream.range(0, counts.size()).forEach(i -> line.add(counts.get(i), Double.parseDouble(fields[i + 1])));
        return line;
    }
}
