package dev.jawait;

import java.util.List;

/**
 * What failed in a {@link TaskGroup}: its tasks, its body or both; asyncio's {@code ExceptionGroup}. The cause is the
 * first exception, the others are suppressed ones. That of a group within the group is one of them, as it is.
 */
public class TaskGroupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Throwable[] exceptions;

    /**
     * @param exceptions at least one, in the order they came
     * @throws IllegalArgumentException if there is none
     */
    public TaskGroupException(List<? extends Throwable> exceptions) {
        super(message(exceptions), exceptions.get(0));
        this.exceptions = exceptions.toArray(new Throwable[0]);
        exceptions.subList(1, exceptions.size()).forEach(this::addSuppressed);
    }

    private static String message(List<? extends Throwable> exceptions) {
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("A group of no exceptions");
        }
        int count = exceptions.size();
        return "unhandled errors in a TaskGroup (" + count + (count == 1 ? " sub-exception" : " sub-exceptions")
                + "), the first: " + exceptions.get(0);
    }

    /**
     * All of them, the original objects, checked ones too: those of tasks in the order the tasks ended, then the
     * body's.
     */
    public List<Throwable> exceptions() {
        return List.of(exceptions);
    }
}
