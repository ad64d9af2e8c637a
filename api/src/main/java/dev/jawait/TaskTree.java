package dev.jawait;

import dev.jawait.spi.TaskRuntime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who awaits whom at a moment: asyncio's call graph. For the moment when a program hangs, and the question is what for.
 *
 * <pre>{@code
 * Thread watchdog = new Thread(() -> System.err.println(TaskTree.dump()));
 * }</pre>
 *
 * @param tasks those that have not ended, in the order of their creation
 */
public record TaskTree(List<Node> tasks) {
    /** Of the current run inside of one; else of all tasks of the shared runtime and its runs. */
    public static TaskTree capture() {
        return TaskRuntime.get().taskTree();
    }

    /** {@link #capture()} as text. */
    public static String dump() {
        return capture().toString();
    }

    /**
     * A task.
     *
     * @param id tells it from others, also of the same name
     * @param name its name
     * @param state what it does
     * @param age how long ago it was created
     * @param waitingFor what it awaits, in words; null if it awaits nothing
     * @param awaits the ids of the tasks it awaits
     * @param position where its code is, for a body in Java; else null
     * @param createdAt where it was created, in debug mode ({@link Runner.Builder#debug()}); else null
     */
    public record Node(
            long id,
            String name,
            State state,
            Duration age,
            @Nullable String waitingFor,
            List<Long> awaits,
            @Nullable String position,
            @Nullable String createdAt) {}

    /** What a task does. */
    public enum State {
        /** It has not begun. */
        CREATED,
        /** Its code runs, or is about to. */
        RUNNING,
        /** It awaits something. */
        WAITING,
        /** A cancel was asked for, and it has not ended yet. */
        CANCELLING
    }

    /**
     * The tasks in a circle who all wait for the next: they will never end. Each by the ids of its tasks.
     */
    public List<List<Long>> cycles() {
        return new TaskTreeCycles(tasks).find();
    }

    /** As an object with {@code tasks} and {@code cycles}; ages are in milliseconds. */
    public String toJson() {
        return new TaskTreeJson(this).write();
    }

    /** As an indented tree: whoever is awaited stands below its awaiter. Cycles come first. */
    @Override
    public String toString() {
        return new TaskTreeText(this).write();
    }
}
