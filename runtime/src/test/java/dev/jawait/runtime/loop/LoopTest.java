package dev.jawait.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.Logged;
import dev.jawait.testing.Waiting;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTest {
    private static EventLoops loops(int count, Duration slowCallbackLimit, boolean virtualTime) {
        return new EventLoops(count, "test", slowCallbackLimit, virtualTime);
    }

    private static <T> T on(Loop loop, java.util.concurrent.Callable<T> code) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(code.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aThreadKnowsItsLoopAndPrefersIt() throws Exception {
        try (EventLoops loops = loops(2, Duration.ZERO, false)) {
            Loop first = loops.next();
            Loop second = loops.next();
            assertNotSame(first, second);
            assertNull(Loop.current());
            assertSame(first, on(first, Loop::current));
            assertSame(second, on(second, loops::preferred));
            assertTrue(on(
                    first,
                    () -> Thread.currentThread().isDaemon()
                            && Thread.currentThread().getName().startsWith("test-loop-")));
        }
    }

    @Test
    void timersFireInTheOrderOfTheirDeadlinesAndThenOfTheirMaking() throws Exception {
        try (EventLoops loops = loops(1, Duration.ZERO, true)) {
            Loop loop = loops.next();
            VirtualTimers timers = (VirtualTimers) loop.timers();
            List<String> fired = Collections.synchronizedList(new ArrayList<>());
            timers.after(20, () -> fired.add("c"));
            timers.after(10, () -> fired.add("a"));
            timers.after(10, () -> fired.add("b"));
            timers.after(15, () -> fired.add("never")).cancel();
            timers.after(Long.MAX_VALUE, () -> fired.add("far")).cancel();
            assertTrue(on(loop, timers::advance));
            assertEquals(List.of("a", "b"), fired);
            assertEquals(10, timers.nanoTime());
            assertTrue(on(loop, timers::advance));
            assertEquals(List.of("a", "b", "c"), fired);
            assertEquals(false, on(loop, timers::advance));
            assertEquals(0, loops.pendingTimers());
        }
    }

    @Test
    void anEarlierTimerWakesTheLoopBeforeALaterOneThatWasThere() throws Exception {
        try (EventLoops loops = loops(1, Duration.ZERO, false)) {
            Timers timers = loops.next().timers();
            CountDownLatch early = new CountDownLatch(1);
            Timer late = timers.after(TimeUnit.HOURS.toNanos(1), () -> {});
            timers.after(TimeUnit.MILLISECONDS.toNanos(1), early::countDown);
            assertTrue(early.await(10, TimeUnit.SECONDS));
            late.cancel();
            assertEquals(0, timers.size());
        }
    }

    @Test
    void aPieceThatHoldsALoopIsLoggedWithItsStackWhileItDoes() {
        String log = Logged.by(() -> {
            try (EventLoops loops = loops(1, Duration.ofMillis(20), false)) {
                Loop loop = loops.next();
                on(loop, () -> holdUntilNamed(loop));
            }
        });
        assertTrue(log.contains("has held test-loop-1") && log.contains("holdUntilNamed"), log);
    }

    /** Holds the loop for as long as the watch takes to see it: its thread sleeps, at most, for half the limit. */
    private static boolean holdUntilNamed(Loop loop) throws InterruptedException {
        loop.begin(true);
        Thread.sleep(500);
        loop.end();
        return true;
    }

    /** Netty's own loop, which is told to end while it runs a piece, ends without that if it may end at once. */
    @Test
    void channelsHearThatTheirLoopEndsWhateverItIsDoing() throws Exception {
        EventLoops loops = loops(1, Duration.ZERO, false);
        CountDownLatch gone = new CountDownLatch(1);
        Channel channel = new Bootstrap()
                .group(loops.next().netty())
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelInactive(ChannelHandlerContext context) {
                        gone.countDown();
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        CountDownLatch ending = new CountDownLatch(1);
        loops.next().execute(() -> awaitQuietly(ending));
        Thread closing = new Thread(loops::close);
        closing.start();
        Waiting.until("the end to be asked for", loops::isClosed);
        ending.countDown();
        closing.join();
        assertTrue(gone.await(0, TimeUnit.SECONDS));
        assertFalse(channel.isOpen());
    }

    /** Netty's own loop would run them for a second: ten thousand of these. */
    @Test
    void piecesThatGiveTheLoopMoreToRunDoNotHoldUpTimers() throws Exception {
        try (EventLoops loops = loops(1, Duration.ZERO, false)) {
            Loop loop = loops.next();
            CompletableFuture<Integer> piecesBefore = new CompletableFuture<>();
            loop.execute(new Runnable() {
                private int pieces;

                @Override
                public void run() {
                    if (pieces == 0) {
                        loop.timers().after(0, () -> piecesBefore.complete(pieces));
                    }
                    pieces++;
                    spin(TimeUnit.MICROSECONDS.toNanos(100));
                    if (!piecesBefore.isDone()) {
                        loop.execute(this);
                    }
                }
            });
            int pieces = piecesBefore.get(10, TimeUnit.SECONDS);
            assertTrue(pieces <= 200, pieces + " pieces were run before the timer");
        }
    }

    @Test
    void othersAreWokenUpWhenTheLoopIsThroughWithWhatItHas() throws Exception {
        assertEquals(List.of("first", "second", "wake"), inOneTurn(order -> {
            Loop.current().execute(() -> order.add("second"));
            Loop.wake(() -> order.add("wake"));
            order.add("first");
        }));
    }

    @Test
    void noMoreThanThirtyTwoWaitForIt() throws Exception {
        assertEquals(List.of("wake".repeat(32), "first", "wake".repeat(8)), inOneTurn(order -> {
            StringBuilder woken = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                Loop.wake(() -> woken.append("wake"));
            }
            order.add(woken.toString());
            woken.setLength(0);
            order.add("first");
            Loop.current().execute(() -> order.add(woken.toString()));
        }));
    }

    @Test
    void nobodyWaitsForAUsersCode() throws Exception {
        assertEquals(List.of("before", "user's code begins", "within", "ends", "after"), inOneTurn(order -> {
            Loop loop = Loop.current();
            Loop.wake(() -> order.add("before"));
            loop.begin(true);
            order.add("user's code begins");
            Loop.wake(() -> order.add("within"));
            order.add("ends");
            loop.end();
            Loop.wake(() -> order.add("after"));
        }));
    }

    @Test
    void elsewhereOthersAreWokenUpAtOnce() {
        Thread here = Thread.currentThread();
        List<Thread> threads = new ArrayList<>();
        Loop.wake(() -> threads.add(Thread.currentThread()));
        assertEquals(List.of(here), threads);
    }

    @Test
    void oneThatCannotBeWokenUpDoesNotKeepTheOthersWaiting() {
        String log = Logged.by(() -> assertEquals(List.of("the other"), inOneTurn(order -> {
            Loop.wake(() -> {
                throw new IllegalStateException("gone");
            });
            Loop.wake(() -> order.add("the other"));
        })));
        assertTrue(log.contains("could not be told to go on") && log.contains("gone"), log);
    }

    /** What {@code piece} noted, and what it gave its loop, once the loop has nothing left to run. */
    private static List<String> inOneTurn(Consumer<List<String>> piece) throws Exception {
        List<String> order = new ArrayList<>();
        try (EventLoops loops = loops(1, Duration.ZERO, false)) {
            Loop loop = loops.next();
            on(loop, () -> {
                piece.accept(order);
                return true;
            });
            on(loop, () -> true);
            return on(loop, () -> List.copyOf(order));
        }
    }

    /** A loop that waits, though it should not, may wait for one of those. */
    @Test
    void theWatchWakesUpWhomALoopIsHeldFrom() throws Exception {
        try (EventLoops loops = loops(1, Duration.ofMillis(20), false)) {
            CountDownLatch woken = new CountDownLatch(1);
            assertTrue(on(loops.next(), () -> {
                Loop.wake(woken::countDown);
                return woken.await(10, TimeUnit.SECONDS);
            }));
        }
    }

    @Test
    void aLoopThatEndsWakesUpOthersAtOnce() throws Exception {
        EventLoops loops = loops(1, Duration.ZERO, false);
        Thread closing = new Thread(loops::close);
        assertTrue(on(loops.next(), () -> {
            closing.start();
            Waiting.until("the end to be asked for", loops::isClosed);
            CountDownLatch woken = new CountDownLatch(1);
            Loop.wake(woken::countDown);
            return woken.getCount() == 0;
        }));
        closing.join();
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
