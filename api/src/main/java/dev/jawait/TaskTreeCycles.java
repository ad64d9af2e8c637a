package dev.jawait;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the cycles of a tree by a walk in depth that needs no stack of its own: chains may be long. */
final class TaskTreeCycles {
    private final Map<Long, List<Long>> awaits = new HashMap<>();
    private final List<List<Long>> cycles = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private final List<Long> path = new ArrayList<>();
    private final Deque<Iterator<Long>> open = new ArrayDeque<>();

    TaskTreeCycles(List<TaskTree.Node> tasks) {
        tasks.forEach(task -> awaits.put(task.id(), task.awaits()));
    }

    List<List<Long>> find() {
        List.copyOf(awaits.keySet()).stream()
                .sorted()
                .filter(id -> !seen.contains(id))
                .forEach(this::walk);
        return cycles;
    }

    private void walk(long start) {
        enter(start);
        while (!path.isEmpty()) {
            if (open.getLast().hasNext()) {
                visit(open.getLast().next());
            } else {
                open.removeLast();
                path.remove(path.size() - 1);
            }
        }
    }

    private void visit(long id) {
        int at = path.indexOf(id);
        if (at >= 0) {
            cycles.add(List.copyOf(path.subList(at, path.size())));
        } else if (!seen.contains(id)) {
            enter(id);
        }
    }

    private void enter(long id) {
        seen.add(id);
        path.add(id);
        open.addLast(awaits.getOrDefault(id, List.of()).iterator());
    }
}
