package dev.jawait;

import dev.jawait.TaskTree.Node;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A tree of tasks as text. */
final class TaskTreeText {
    private static final int DEEPEST = 100;

    private final TaskTree tree;
    private final Map<Long, Node> nodes = new LinkedHashMap<>();
    private final Set<Long> written = new HashSet<>();
    private final StringBuilder text = new StringBuilder();

    TaskTreeText(TaskTree tree) {
        this.tree = tree;
        tree.tasks().forEach(task -> nodes.put(task.id(), task));
    }

    String write() {
        if (nodes.isEmpty()) {
            return "No tasks\n";
        }
        tree.cycles().forEach(this::writeCycle);
        roots().forEach(root -> write(root, "", "", 0));
        // Those in a cycle have no root.
        nodes.values().stream().filter(task -> !written.contains(task.id())).forEach(task -> write(task, "", "", 0));
        return text.toString();
    }

    private List<Node> roots() {
        Set<Long> awaited =
                nodes.values().stream().flatMap(task -> task.awaits().stream()).collect(Collectors.toSet());
        return nodes.values().stream()
                .filter(task -> !awaited.contains(task.id()))
                .toList();
    }

    private void writeCycle(List<Long> cycle) {
        String names = cycle.stream().map(id -> nodes.get(id).name()).collect(Collectors.joining(" -> "));
        text.append("Cycle, which never ends: ")
                .append(names)
                .append(" -> ")
                .append(nodes.get(cycle.get(0)).name())
                .append('\n');
    }

    private void write(Node task, String lead, String leadBelow, int depth) {
        boolean again = !written.contains(task.id());
        text.append(lead).append(line(task)).append(again ? "" : " (see above)").append('\n');
        if (!written.add(task.id()) || depth == DEEPEST) {
            return;
        }
        List<Node> below = task.awaits().stream()
                .filter(nodes::containsKey)
                .map(nodes::get)
                .toList();
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            write(below.get(i), leadBelow + (last ? "`- " : "|- "), leadBelow + (last ? "   " : "|  "), depth + 1);
        }
    }

    private static String line(Node task) {
        StringBuilder line = new StringBuilder(task.name())
                .append(" [")
                .append(task.state().name().toLowerCase(Locale.ROOT))
                .append(", ")
                .append(seconds(task.age()))
                .append(']');
        if (task.waitingFor() != null) {
            line.append(" awaits ").append(task.waitingFor());
        }
        if (task.position() != null) {
            line.append(" at ").append(task.position());
        }
        if (task.createdAt() != null) {
            line.append(", created at ").append(task.createdAt());
        }
        return line.toString();
    }

    private static String seconds(Duration age) {
        return String.format(Locale.ROOT, "%.3f s", age.toNanos() / 1e9);
    }
}
