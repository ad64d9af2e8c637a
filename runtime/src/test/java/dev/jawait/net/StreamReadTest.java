package dev.jawait.net;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Waiting;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class StreamReadTest {
    private static final StreamOptions SHORT = StreamOptions.DEFAULT.limit(8);

    /** What a test does with a pair of sockets. */
    private interface Body {
        void with(SocketPair pair) throws Exception;
    }

    private static void test(StreamOptions options, Body body) {
        run(() -> {
            try (SocketPair pair = SocketPair.open(options)) {
                body.with(pair);
            }
        });
    }

    private static void test(Body body) {
        test(StreamOptions.DEFAULT, body);
    }

    private static String text(Coroutine<byte[]> read) {
        return new String(await(read), UTF_8);
    }

    @Test
    void recvGivesWhatHasComeAndIsEmptyAtTheEnd() {
        test(pair -> {
            pair.send("hello");
            assertEquals("hel", text(pair.stream.recv(3)));
            assertEquals("lo", text(pair.stream.recv(100)));
            Task<byte[]> waiting = createTask(pair.stream.recv(100));
            pair.send("x");
            assertEquals("x", new String(await(waiting), UTF_8));
            assertFalse(pair.stream.atEof());
            pair.sendEnd();
            assertEquals("", text(pair.stream.recv(100)));
            assertEquals("", text(pair.stream.recv(1)));
            assertTrue(pair.stream.atEof());
        });
    }

    @Test
    void readExactlyWaitsForAll() {
        test(pair -> {
            Task<byte[]> five = createTask(pair.stream.readExactly(5));
            pair.send("he");
            Waiting.until("two bytes", () -> pair.incoming().getSize() == 2);
            assertFalse(five.isDone());
            pair.send("llo, you");
            assertEquals("hello", new String(await(five), UTF_8));
            assertEquals("", text(pair.stream.readExactly(0)));
            assertEquals(", you", text(pair.stream.readExactly(5)));
        });
    }

    @Test
    void readExactlyMayBeMoreThanIsReceivedUnasked() {
        test(SHORT, pair -> {
            byte[] bytes = new byte[500_000];
            new Random(1).nextBytes(bytes);
            Task<byte[]> all = createTask(pair.stream.readExactly(bytes.length));
            pair.send(bytes);
            assertArrayEquals(bytes, await(all));
        });
    }

    @Test
    void anEndThatComesTooEarlyHasWhatCameBefore() {
        test(pair -> {
            pair.send("abc");
            pair.sendEnd();
            IncompleteReadException error =
                    assertThrows(IncompleteReadException.class, () -> await(pair.stream.readExactly(5)));
            assertEquals("abc", new String(error.partial(), UTF_8));
            assertInstanceOf(EOFException.class, error.getCause());
            assertTrue(error.getMessage().contains("after 3 bytes, before the 5"), error.getMessage());
            assertTrue(pair.stream.atEof());
        });
    }

    @Test
    void readUntilFindsASeparatorThatComesInParts() {
        test(pair -> {
            Task<byte[]> head = createTask(pair.stream.readUntil("\r\n\r\n".getBytes(UTF_8)));
            pair.send("a\r\n\r");
            Waiting.until("four bytes", () -> pair.incoming().getSize() == 4);
            pair.send("\nrest");
            assertEquals("a\r\n\r\n", new String(await(head), UTF_8));
            assertEquals("rest", text(pair.stream.recv(100)));
        });
    }

    @Test
    void readUntilIsIncompleteWithoutASeparator() {
        test(pair -> {
            pair.send("abc");
            pair.sendEnd();
            IncompleteReadException error =
                    assertThrows(IncompleteReadException.class, () -> await(pair.stream.readUntil(new byte[] {';'})));
            assertEquals("abc", new String(error.partial(), UTF_8));
        });
    }

    @Test
    void aSeparatorBeyondTheLimitLeavesAllToBeReadOtherwise() {
        test(SHORT, pair -> {
            pair.send("0123456789;");
            Waiting.until("all", () -> pair.incoming().getSize() == 11);
            LimitOverrunException error =
                    assertThrows(LimitOverrunException.class, () -> await(pair.stream.readUntil(new byte[] {';'})));
            assertEquals(10, error.consumed());
            assertEquals("0123456789", text(pair.stream.readExactly(error.consumed())));
            assertEquals(";", text(pair.stream.readUntil(new byte[] {';'})));
        });
    }

    @Test
    void aLineOfTheLimitIsFound() {
        test(SHORT, pair -> {
            pair.send("01234567\n01234567");
            assertEquals("01234567", await(pair.stream.readLine()));
            pair.send("8\n");
            assertThrows(LimitOverrunException.class, () -> await(pair.stream.readLine()));
        });
    }

    @Test
    void whatHasNoSeparatorAndIsTooLongIsNotWaitedFor() {
        test(SHORT, pair -> {
            pair.send("0123456789");
            LimitOverrunException error =
                    assertThrows(LimitOverrunException.class, () -> await(pair.stream.readLine()));
            assertEquals(10, error.consumed());
        });
    }

    @Test
    void linesComeWithoutTheirEnds() {
        test(pair -> {
            pair.send("one\ntwo\r\n\nthr\ree\nfünf ");
            assertEquals("one", await(pair.stream.readLine()));
            assertEquals("two", await(pair.stream.readLine()));
            assertEquals("", await(pair.stream.readLine()));
            assertEquals("thr\ree", await(pair.stream.readLine()));
            pair.send("sechs\r");
            pair.sendEnd();
            assertEquals("fünf sechs\r", await(pair.stream.readLine()));
            assertNull(await(pair.stream.readLine()));
            assertNull(await(pair.stream.readLine()));
        });
    }

    @Test
    void readAllWaitsForTheEnd() {
        test(SHORT, pair -> {
            byte[] bytes = new byte[1_000_000];
            new Random(2).nextBytes(bytes);
            Task<byte[]> all = createTask(pair.stream.readAll());
            pair.send(bytes);
            assertFalse(all.isDone());
            pair.sendEnd();
            assertArrayEquals(bytes, await(all));
            assertEquals(0, await(pair.stream.readAll()).length);
        });
    }

    @Test
    void oneTaskAtATimeMayRead() {
        test(pair -> {
            Task<byte[]> first = createTask(pair.stream.recv(1));
            Task<String> second = createTask(pair.stream.readLine());
            Waiting.until("one to be refused", () -> first.isDone() || second.isDone());
            Task<?> refused = first.isDone() ? first : second;
            Task<?> reading = first.isDone() ? second : first;
            IllegalStateException error = assertThrows(IllegalStateException.class, refused::result);
            assertTrue(error.getMessage().contains("Another task reads"), error.getMessage());
            pair.send("x\n");
            await(reading);
        });
    }

    @Test
    void theOtherSidesEndLeavesThisOneWriting() {
        test(pair -> {
            pair.sendEnd();
            assertEquals("", text(pair.stream.readAll()));
            pair.stream.write("still");
            pair.stream.close();
            assertEquals("still", new String(pair.receiveAll(), UTF_8));
        });
    }

    @Test
    void whatCameBeforeAResetCanBeRead() {
        test(pair -> {
            pair.send("abc");
            assertEquals("a", text(pair.stream.readExactly(1)));
            Task<byte[]> line = createTask(pair.stream.readUntil(new byte[] {'\n'}));
            pair.reset();
            UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> await(line));
            assertInstanceOf(IOException.class, error.getCause());
            assertTrue(error.getMessage().startsWith("The stream to 127.0.0.1:"), error.getMessage());
            assertEquals("bc", text(pair.stream.recv(10)));
            assertThrows(UncheckedIOException.class, () -> await(pair.stream.recv(10)));
            assertThrows(UncheckedIOException.class, () -> await(pair.stream.readAll()));
            assertFalse(pair.stream.atEof());
        });
    }

    @Test
    void closingIsTheEndForWhoReads() {
        test(pair -> {
            Task<String> line = createTask(pair.stream.readLine());
            pair.send("half");
            Waiting.until("half a line", () -> pair.incoming().getSize() == 4);
            pair.stream.close();
            assertEquals("half", await(line));
            assertEquals("", text(pair.stream.recv(1)));
            assertTrue(pair.stream.atEof());
        });
    }

    @Test
    void whatCannotBeAskedIsRefusedAtOnce() {
        test(pair -> {
            assertThrows(IllegalArgumentException.class, () -> pair.stream.recv(0));
            assertThrows(IllegalArgumentException.class, () -> pair.stream.readExactly(-1));
            assertThrows(IllegalArgumentException.class, () -> pair.stream.readUntil(new byte[0]));
            assertThrows(IllegalArgumentException.class, () -> StreamOptions.DEFAULT.limit(0));
            assertThrows(IllegalArgumentException.class, () -> StreamOptions.DEFAULT.backlog(-1));
        });
    }

    @Test
    void addressesAreThoseOfTheSocket() {
        test(pair -> {
            assertEquals(pair.peer.getRemoteAddress(), pair.stream.localAddress());
            assertEquals(pair.peer.getLocalAddress(), pair.stream.remoteAddress());
        });
    }
}
