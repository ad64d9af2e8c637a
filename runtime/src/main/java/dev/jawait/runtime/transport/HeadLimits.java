package dev.jawait.runtime.transport;

/**
 * How large the head of a response may be.
 *
 * @param maxLineSize how long its first line may be, in bytes
 * @param maxFieldSize how long a header field may be, in bytes: its name and its value
 * @param maxHeaders how many header fields there may be
 */
public record HeadLimits(int maxLineSize, int maxFieldSize, int maxHeaders) {
    /** 8190, 8190 and 128: aiohttp's. */
    public static final HeadLimits DEFAULT = new HeadLimits(8190, 8190, 128);

    private static final int MIN_SIZE = 256 * 1024;

    /** @throws IllegalArgumentException if one is not positive */
    public HeadLimits {
        if (maxLineSize <= 0 || maxFieldSize <= 0 || maxHeaders <= 0) {
            throw new IllegalArgumentException("Not positive: line size " + maxLineSize + ", field size " + maxFieldSize
                    + ", headers " + maxHeaders);
        }
    }

    /** How long all fields together may be: a quarter of what they could be, but 256 KiB and the longest field at least. */
    int maxSize() {
        long quarter = (long) maxFieldSize * maxHeaders / 4;
        return (int) Math.min(Math.max(quarter, Math.max(maxFieldSize, MIN_SIZE)), Integer.MAX_VALUE / 2);
    }
}
