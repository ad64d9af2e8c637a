package dev.jawait.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Pieces of a body that have come and not been asked for. */
final class BodyBuffer {
    private final int enough;
    private @Nullable ByteBuf first;
    private @Nullable ArrayDeque<ByteBuf> rest;
    private int bytes;

    /** @param enough how many bytes make it full */
    BodyBuffer(int enough) {
        this.enough = enough;
    }

    void add(ByteBuf piece) {
        bytes += piece.readableBytes();
        if (first == null) {
            first = piece;
        } else {
            if (rest == null) {
                rest = new ArrayDeque<>();
            }
            rest.add(piece);
        }
    }

    @Nullable
    ByteBuf poll() {
        ByteBuf piece = first;
        if (piece != null) {
            bytes -= piece.readableBytes();
            first = rest == null ? null : rest.poll();
        }
        return piece;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Whether no more should be read from the socket unasked. */
    boolean isFull() {
        return bytes >= enough;
    }

    void release() {
        ByteBuf piece;
        while ((piece = poll()) != null) {
            piece.release();
        }
    }
}
