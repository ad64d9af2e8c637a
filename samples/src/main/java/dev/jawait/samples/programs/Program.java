package dev.jawait.samples.programs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A tree of combinators, and what asyncio did with it.
 *
 * @param name what it is called in messages
 * @param tree its root
 * @param expected asyncio's trace
 */
record Program(String name, JsonNode tree, List<Event> expected) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> LEAVES = Set.of("sleep", "fail");
    private static final Set<String> TREES =
            Set.of("seq", "gather", "wait", "each", "limit", "shield", "group", "kill", "rescue", "cleanup", "deaf");

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no program
     */
    static Program parse(String line) {
        try {
            JsonNode all = JSON.readTree(line);
            JsonNode tree = required(all, "program");
            check(tree);
            return new Program("program " + all.path("seed").asText("without a seed"), tree, events(all));
        } catch (JsonProcessingException error) {
            throw new IllegalArgumentException("no JSON: " + error.getOriginalMessage());
        }
    }

    private static JsonNode required(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new IllegalArgumentException("\"%s\" is missing in %s".formatted(field, shortened(node)));
        }
        return value;
    }

    private static void check(JsonNode node) {
        String op = required(node, "op").asText();
        required(node, "id");
        required(node, "n");
        if (TREES.contains(op)) {
            checkChildren(node);
        } else if (!LEAVES.contains(op)) {
            throw new IllegalArgumentException("unknown op \"%s\" in %s".formatted(op, shortened(node)));
        }
    }

    private static void checkChildren(JsonNode node) {
        JsonNode children = required(node, "of");
        if (children.isEmpty()) {
            throw new IllegalArgumentException("nothing in \"of\" of " + shortened(node));
        }
        children.forEach(Program::check);
    }

    private static List<Event> events(JsonNode all) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event : required(all, "trace")) {
            events.add(new Event(
                    event.path(0).asLong(), event.path(1).asInt(), event.path(2).asText()));
        }
        return events;
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
