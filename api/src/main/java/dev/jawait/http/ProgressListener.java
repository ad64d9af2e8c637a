package dev.jawait.http;

/**
 * Hears how far the sending or receiving of a body has come. Called for each piece, in order, on the loop of the request, so
 * it must not block; what it throws fails the request.
 */
@FunctionalInterface
public interface ProgressListener {
    /**
     * So far.
     *
     * @param bytes how many bytes have been sent or received
     * @param total how many there will be; -1 if that is not known
     */
    void progressed(long bytes, long total);
}
