package dev.jawait.samples.programs;

import static dev.jawait.Async.allTasks;
import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.shield;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.taskGroup;
import static dev.jawait.Async.time;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.Async.withTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawait.AsCompleted;
import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Completed;
import dev.jawait.Coroutine;
import dev.jawait.Outcome;
import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import dev.jawait.TaskGroupException;
import dev.jawait.WaitResult;
import dev.jawait.WaitUntil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Runs one program and keeps a trace of what happens when. For use inside of a run of its own. */
final class Interpreter {
    private final List<Event> trace = new ArrayList<>();
    private final Duration start = time();

    /** Runs {@code program} and what it leaves running. */
    List<Event> trace(JsonNode program) {
        try {
            run(program);
        } catch (RuntimeException error) {
            // It is in the trace.
        }
        for (Set<Task<?>> left = others(); !left.isEmpty(); left = others()) {
            left.forEach(Interpreter::awaitEnd);
        }
        return trace;
    }

    private static <T> void awaitEnd(Task<T> task) {
        await(waitUntil(ReturnWhen.ALL_COMPLETED, task));
    }

    private static Set<Task<?>> others() {
        Set<Task<?>> others = new LinkedHashSet<>(allTasks());
        others.remove(currentTask());
        return others;
    }

    private synchronized void log(JsonNode node, String event) {
        trace.add(new Event(time().minus(start).toMillis(), node.get("id").asInt(), event));
    }

    private String run(JsonNode node) {
        log(node, "start");
        String value;
        try {
            value = operation(node);
        } catch (RuntimeException error) {
            log(node, kind(error));
            throw error;
        }
        log(node, "= " + value);
        return value;
    }

    private String operation(JsonNode node) {
        return switch (node.get("op").asText()) {
            case "sleep" -> doSleep(node);
            case "fail" -> fail(node);
            case "seq" -> sequence(node);
            case "gather" -> doGather(node);
            case "wait" -> doWait(node);
            case "each" -> each(node);
            case "limit" -> limit(node);
            case "shield" -> doShield(node);
            case "group" -> group(node);
            case "kill" -> kill(node);
            case "rescue" -> rescue(node);
            case "cleanup" -> cleanup(node);
            case "deaf" -> deaf(node);
            default -> throw new IllegalArgumentException("Unknown: " + node);
        };
    }

    private static String doSleep(JsonNode node) {
        return await(sleep(ms(node.get("n").asLong()), node.get("id").asText()));
    }

    private static String fail(JsonNode node) {
        doSleep(node);
        throw new Boom(node.get("id").asText());
    }

    private String sequence(JsonNode node) {
        String value = "";
        for (JsonNode child : node.get("of")) {
            value = run(child);
        }
        return value;
    }

    private String doGather(JsonNode node) {
        List<Coroutine<String>> children = children(node, child -> async(() -> run(child)));
        return node.get("ret").asBoolean()
                ? joined(await(gather(children).returnExceptions()), Interpreter::text)
                : joined(await(gather(children)), value -> value);
    }

    private String doWait(JsonNode node) {
        List<Task<String>> tasks = tasks(node);
        WaitUntil<String> wait = waitUntil(ReturnWhen.valueOf(node.get("when").asText()), tasks);
        WaitResult<String> result = await(hasLimit(node) ? wait.timeout(ms(limitOf(node))) : wait);
        log(node, "done " + result.done().stream().map(tasks::indexOf).sorted().toList());
        if (node.get("then").asText().equals("cancel")) {
            result.pending().forEach(Task::cancel);
        }
        if (!result.pending().isEmpty()) {
            await(waitUntil(result.pending()));
        }
        return outcomes(tasks);
    }

    private String each(JsonNode node) {
        List<Task<String>> tasks = tasks(node);
        AsCompleted<String> all = asCompleted(tasks);
        for (Completed<String> item : hasLimit(node) ? all.timeout(ms(limitOf(node))) : all) {
            log(node, "next " + text(item.outcome()));
        }
        List<Task<String>> left = tasks.stream().filter(task -> !task.isDone()).toList();
        if (!left.isEmpty()) {
            await(waitUntil(left));
        }
        return outcomes(tasks);
    }

    private String limit(JsonNode node) {
        return await(withTimeout(ms(node.get("n").asLong()), () -> run(child(node))));
    }

    private String doShield(JsonNode node) {
        Task<String> task = childTask(node);
        try {
            return await(withTimeout(ms(node.get("n").asLong()), shield(task)));
        } catch (AsyncTimeoutException error) {
            if (!task.isDone()) {
                log(node, "limit, task goes on");
                awaitEnd(task);
            }
            return text(task.outcome());
        }
    }

    private String group(JsonNode node) {
        List<Task<String>> tasks =
                await(taskGroup(group -> children(node, child -> group.createTask(async(() -> run(child))))));
        return outcomes(tasks);
    }

    private String kill(JsonNode node) {
        Task<String> task = childTask(node);
        doSleep(node);
        log(node, task.cancel() ? "cancel True" : "cancel False");
        awaitEnd(task);
        return text(task.outcome());
    }

    private String rescue(JsonNode node) {
        try {
            return run(child(node));
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (RuntimeException error) {
            return "rescued(" + kind(error) + ")";
        }
    }

    private String cleanup(JsonNode node) {
        try {
            return run(child(node));
        } finally {
            doSleep(node);
            log(node, "cleaned");
        }
    }

    private String deaf(JsonNode node) {
        try {
            return run(child(node));
        } catch (CancelledException cancelled) {
            log(node, "swallows the cancel");
            doSleep(node);
            return "deaf";
        }
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static JsonNode child(JsonNode node) {
        return node.get("of").get(0);
    }

    private Task<String> childTask(JsonNode node) {
        return createTask(async(() -> run(child(node))));
    }

    private List<Task<String>> tasks(JsonNode node) {
        return children(node, child -> createTask(async(() -> run(child))));
    }

    private static <T> List<T> children(JsonNode node, Function<JsonNode, T> made) {
        return StreamSupport.stream(node.get("of").spliterator(), false)
                .map(made)
                .toList();
    }

    private static boolean hasLimit(JsonNode node) {
        return !node.get("limit").isNull();
    }

    private static long limitOf(JsonNode node) {
        return node.get("limit").asLong();
    }

    private static String outcomes(List<Task<String>> tasks) {
        return joined(tasks, task -> text(task.outcome()));
    }

    private static <T> String joined(List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String text(Outcome<String> outcome) {
        return outcome.isSuccess() ? outcome.get() : kind(outcome.exceptionOrNull());
    }

    private static String kind(Throwable error) {
        if (error instanceof CancelledException) {
            return "cancelled";
        }
        if (error instanceof AsyncTimeoutException) {
            return "timeout";
        }
        if (error instanceof TaskGroupException group) {
            return group.exceptions().stream()
                    .map(Interpreter::kind)
                    .sorted()
                    .collect(Collectors.joining(" ", "group(", ")"));
        }
        return error instanceof Boom ? error.getMessage() : error.toString();
    }

    private static final class Boom extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Boom(String id) {
            super("boom" + id, null, false, false);
        }
    }
}
