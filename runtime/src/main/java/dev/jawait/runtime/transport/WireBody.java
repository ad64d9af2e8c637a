package dev.jawait.runtime.transport;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Flow;

/** The body of a request as it goes to the wire. */
public sealed interface WireBody {
    /** How many bytes; -1 if that shows only when it has been sent. */
    long length();

    /** Whether it can be sent again, should the connection turn out to be dead. */
    boolean isReplayable();

    /** Bytes in memory. */
    record Bytes(byte[] bytes) implements WireBody {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public boolean isReplayable() {
            return true;
        }
    }

    /**
     * A file, which the system sends itself; where it cannot, under TLS, {@code otherwise} stands for it.
     *
     * @param length how much of it is sent; less in it is an error
     */
    record File(Path path, long length, Stream otherwise) implements WireBody {
        @Override
        public boolean isReplayable() {
            return true;
        }
    }

    /**
     * What {@code publisher} sends to one subscriber for each time that the body is sent.
     *
     * @param length more or less than this is an error; -1: however much there is, in chunks
     */
    record Stream(long length, boolean isReplayable, Flow.Publisher<ByteBuffer> publisher) implements WireBody {}
}
