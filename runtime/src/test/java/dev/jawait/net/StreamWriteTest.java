package dev.jawait.net;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.use;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Waiting;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class StreamWriteTest {
    /** More than the system takes for a peer that does not read. */
    private static final int MUCH = 32 * 1024 * 1024;

    private static final int PIECE = 128 * 1024;

    @Test
    void whatIsWrittenComesInOrder() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                byte[] reused = {'a', 'b'};
                pair.stream.write(reused);
                Arrays.fill(reused, (byte) '!');
                ByteBuffer buffer = ByteBuffer.wrap("-cd-".getBytes(UTF_8), 1, 2);
                pair.stream.write(buffer);
                assertEquals(0, buffer.remaining());
                pair.stream.write("é");
                pair.stream.write("");
                await(pair.stream.drain());
                pair.stream.close();
                assertEquals("abcdé", new String(pair.receiveAll(), UTF_8));
                await(pair.stream.waitClosed());
            }
        });
    }

    @Test
    void aPeerThatDoesNotReadStopsWhoDrains() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                AtomicInteger written = new AtomicInteger();
                Task<?> writer = createTask(writing(pair.stream, written));
                // All but the last piece, which drain() waits for, is with the system: it takes some, and then no more.
                int taken = 0;
                while (taken == 0 || written.get() > taken) {
                    taken = written.get();
                    Thread.sleep(50);
                }
                assertTrue(taken < MUCH, "All was taken, and nobody reads");
                assertFalse(writer.isDone());
                assertEquals(MUCH, pair.receive(MUCH).length);
                await(writer);
            }
        });
    }

    private static Coroutine<?> writing(SocketStream stream, AtomicInteger written) {
        return async(() -> {
            while (written.get() < MUCH) {
                stream.write(new byte[PIECE]);
                await(stream.drain());
                written.addAndGet(PIECE);
            }
        });
    }

    @Test
    void severalMayDrain() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                pair.stream.write(new byte[MUCH]);
                Task<?> first = createTask(pair.stream.drain());
                Task<?> second = createTask(pair.stream.drain());
                Task<?> third = createTask(pair.stream.drain());
                pair.receive(1024 * 1024);
                second.cancel();
                assertEquals(MUCH - 1024 * 1024, pair.receive(MUCH - 1024 * 1024).length);
                await(gather(first, third));
                assertTrue(second.isCancelled());
            }
        });
    }

    @Test
    void sendAllWaitsUntilTheSystemHasAll() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                await(pair.stream.sendAll("small".getBytes(UTF_8)));
                assertEquals("small", new String(pair.receive(5), UTF_8));
                Task<?> large = createTask(pair.stream.sendAll(new byte[MUCH]));
                pair.receive(1024);
                assertFalse(large.isDone());
                pair.receive(MUCH - 1024);
                await(large);
            }
        });
    }

    @Test
    void whoSendsAtOnceDoesNotMix() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                List<Coroutine<Void>> sends = IntStream.range(0, 10)
                        .mapToObj(i -> pair.stream.sendAll(
                                String.valueOf(i).repeat(100_000).getBytes(UTF_8)))
                        .toList();
                Task<?> sending = createTask(gather(sends));
                String all = new String(pair.receive(1_000_000), UTF_8);
                assertEquals(10, all.replaceAll("(.)\\1*", "$1").length());
                await(sending);
            }
        });
    }

    @Test
    void aCancelledSendIsSentAllTheSame() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                Task<?> large = createTask(pair.stream.sendAll(new byte[MUCH]));
                pair.receive(1024);
                large.cancel();
                assertThrows(java.util.concurrent.CancellationException.class, () -> await(large));
                pair.stream.write("after");
                pair.receive(MUCH - 1024);
                assertEquals("after", new String(pair.receive(5), UTF_8));
            }
        });
    }

    @Test
    void theEndIsSentAfterAllThatWasWritten() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                pair.stream.write(new byte[MUCH]);
                pair.stream.writeEof();
                assertThrows(IllegalStateException.class, () -> pair.stream.write("more"));
                assertEquals(MUCH, pair.receiveAll().length);
                await(pair.stream.drain());
                pair.send("and back");
                pair.sendEnd();
                assertEquals("and back", new String(await(pair.stream.readAll()), UTF_8));
            }
        });
    }

    @Test
    void closingSendsAllThatWasWrittenBefore() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                byte[] much = new byte[MUCH];
                Arrays.fill(much, (byte) 7);
                pair.stream.write(much);
                pair.stream.close();
                Task<?> closed = createTask(pair.stream.waitClosed());
                pair.receive(1024);
                assertFalse(closed.isDone());
                assertArrayEquals(Arrays.copyOf(much, MUCH - 1024), pair.receiveAll());
                await(closed);
            }
        });
    }

    @Test
    void aLossOfWhatWasWrittenIsTold() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                pair.stream.write(new byte[MUCH]);
                Task<?> sender = createTask(pair.stream.sendAll(new byte[1]));
                Task<?> drainer = createTask(pair.stream.drain());
                pair.receive(1024);
                pair.reset();
                assertThrows(UncheckedIOException.class, () -> await(sender));
                assertThrows(UncheckedIOException.class, () -> await(drainer));
                assertThrows(UncheckedIOException.class, () -> pair.stream.write("more"));
                assertThrows(UncheckedIOException.class, () -> await(pair.stream.drain()));
                assertThrows(UncheckedIOException.class, () -> await(pair.stream.waitClosed()));
            }
        });
    }

    @Test
    void abortDropsWhatWasNotSent() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                pair.stream.write(new byte[MUCH]);
                Task<?> drainer = createTask(pair.stream.drain());
                pair.receive(1024);
                pair.stream.abort();
                pair.stream.abort();
                assertThrows(IllegalStateException.class, () -> await(drainer));
                await(pair.stream.waitClosed());
                assertThrows(java.io.IOException.class, pair::receiveAll);
            }
        });
    }

    @Test
    void abortEndsAClosingThatThePeerHoldsUp() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                pair.stream.write(new byte[MUCH]);
                pair.stream.close();
                Task<?> closed = createTask(pair.stream.waitClosed());
                pair.stream.abort();
                await(closed);
            }
        });
    }

    @Test
    void aWaitForTheClosingThatIsCancelledLeavesTheOthersWaiting() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                Task<?> first = createTask(pair.stream.waitClosed());
                Task<?> second = createTask(pair.stream.waitClosed());
                first.cancel();
                assertThrows(java.util.concurrent.CancellationException.class, () -> await(first));
                assertFalse(second.isDone());
                pair.stream.close();
                await(second);
                await(pair.stream.waitClosed());
            }
        });
    }

    @Test
    void useWaitsUntilAllIsSent() {
        run(() -> {
            SocketPair pair = SocketPair.open();
            Task<?> using = createTask(use(pair.stream, stream -> {
                stream.write(new byte[MUCH]);
                return null;
            }));
            pair.receive(1024);
            assertFalse(using.isDone());
            assertEquals(MUCH - 1024, pair.receiveAll().length);
            await(using);
            pair.close();
        });
    }

    @Test
    void useDoesNotWaitAfterAnError() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> await(use(pair.stream, stream -> {
                            stream.write(new byte[MUCH]);
                            throw new IllegalArgumentException();
                        })));
                assertThrows(IllegalStateException.class, () -> pair.stream.write("more"));
                pair.stream.abort();
            }
        });
    }

    @Test
    void receivingStopsAtTwiceTheLimit() {
        run(() -> {
            int limit = 100_000;
            try (SocketPair pair = SocketPair.open(StreamOptions.DEFAULT.limit(limit))) {
                pair.peer.configureBlocking(false);
                long sent = sendUntilStuck(pair, 2 * limit);
                assertTrue(sent < MUCH, "All was taken, and nobody reads");
                assertTrue(
                        pair.incoming().getSize() <= 2 * limit + 64 * 1024,
                        "Received " + pair.incoming().getSize());
                // Within the limit again, it goes on: but not before.
                await(pair.stream.readExactly(pair.incoming().getSize() - limit - 1));
                assertEquals(limit + 1, pair.incoming().getSize());
                await(pair.stream.readExactly(1));
                Waiting.until("more", () -> pair.incoming().getSize() > limit);
                pair.peer.configureBlocking(true);
                pair.sendEnd();
                int before = pair.incoming().getSize();
                assertTrue(before <= 2 * limit + 64 * 1024, "Received " + before);
                await(pair.stream.readAll());
                assertTrue(pair.stream.atEof());
            }
        });
    }

    /** Until the stream has received {@code enough} and the system takes no more for it. */
    private static long sendUntilStuck(SocketPair pair, int enough) throws Exception {
        long sent = 0;
        int refusals = 0;
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (sent < MUCH && (refusals < 20 || pair.incoming().getSize() <= enough)) {
            int taken = pair.peer.write(piece.clear());
            sent += taken;
            refusals = taken == 0 ? refusals + 1 : 0;
            if (taken == 0) {
                Thread.sleep(5);
            }
        }
        return sent;
    }
}
