package dev.jawait;

import dev.jawait.TaskTree.Node;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tree of tasks as JSON. Written by hand: whoever needs a dump may have no mapper. */
final class TaskTreeJson {
    private final TaskTree tree;

    TaskTreeJson(TaskTree tree) {
        this.tree = tree;
    }

    String write() {
        return "{\"tasks\":"
                + array(tree.tasks().stream().map(TaskTreeJson::object).toList()) + ",\"cycles\":"
                + array(tree.cycles().stream().map(TaskTreeJson::array).toList()) + "}";
    }

    private static String object(Node task) {
        return "{\"id\":" + task.id()
                + ",\"name\":" + string(task.name())
                + ",\"state\":" + string(task.state().name().toLowerCase(Locale.ROOT))
                + ",\"ageMillis\":" + task.age().toMillis()
                + ",\"waitingFor\":" + string(task.waitingFor())
                + ",\"awaits\":" + array(task.awaits())
                + ",\"position\":" + string(task.position())
                + ",\"createdAt\":" + string(task.createdAt())
                + "}";
    }

    private static String array(Collection<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(",", "[", "]"));
    }

    /** RFC 8259, section 7. */
    private static String string(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
