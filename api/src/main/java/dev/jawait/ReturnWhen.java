package dev.jawait;

/** When {@link Async#waitUntil} returns. */
public enum ReturnWhen {
    /** When all tasks have ended. */
    ALL_COMPLETED,
    /** When any task has ended, in whatever way. */
    FIRST_COMPLETED,
    /** When any task has failed, or all have ended. A cancelled task has not failed. */
    FIRST_EXCEPTION
}
