package dev.jawait;

/** A task was asked for its end before it had ended. */
public class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked of which task */
    public InvalidStateException(String message) {
        super(message);
    }
}
