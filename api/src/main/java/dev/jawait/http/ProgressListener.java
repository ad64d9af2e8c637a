package dev.jawait.http;

/** Hears how far the transfer of a body is. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * Called each time some bytes have been transferred, on the thread that transfers them, so it must not block; what it
     * throws is logged and changes nothing.
     *
     * @param transferred how many so far, as they are on the wire: before they are decompressed
     * @param total how many there will be; -1 if nobody knows
     */
    void transferred(long transferred, long total);
}
