package dev.jawait;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class AsCompletedTest {
    @RegisterExtension
    final Steps steps = new Steps();

    private static List<Coroutine<String>> three() {
        return List.of(sleep(ms(30), "slow"), sleep(ms(10), "fast"), sleep(ms(20), "middle"));
    }

    private static <T> List<T> results(AsCompleted<T> items) {
        List<T> results = new ArrayList<>();
        items.forEach(item -> results.add(item.result()));
        return results;
    }

    @Test
    @DisplayName("32: items come in the order in which they end, each with its place")
    void inTheOrderOfTheirEnds() {
        virtually(() -> {
            List<String> items = new ArrayList<>();
            for (Completed<String> item : asCompleted(three())) {
                items.add(item.index() + item.result() + now());
            }
            assertEquals(List.of("1fast10", "2middle20", "0slow30"), items);
        });
    }

    @Test
    @DisplayName("33: tasks come out as they went in")
    void theSameTasks() {
        virtually(() -> {
            Task<String> a = createTask(sleep(ms(20), "a"));
            Task<String> b = createTask(sleep(ms(10), "b"));
            List<Task<String>> out = new ArrayList<>();
            asCompleted(a, b).forEach(item -> out.add(item.task()));
            assertEquals(List.of(b, a), out);
        });
    }

    @Test
    @DisplayName("34: after the limit each of the rest is a time-out, and nothing is cancelled")
    void timeout() {
        virtually(() -> {
            AsCompleted<String> items = asCompleted(three()).timeout(ms(15));
            List<Outcome<String>> outcomes = new ArrayList<>();
            for (Completed<String> item : items) {
                outcomes.add(item.outcome());
            }
            assertEquals(15, now());
            assertEquals("fast", outcomes.get(0).get());
            assertThrows(AsyncTimeoutException.class, () -> outcomes.get(1).get());
            assertThrows(AsyncTimeoutException.class, () -> outcomes.get(2).get());
            assertEquals(2, items.pending().size());
            assertTrue(items.pending().stream().allMatch(task -> task.cancelling() == 0));
            await(items.cancelPending());
            assertEquals(List.of(), items.pending());
        });
    }

    @Test
    void whatHasEndedComesFirstEvenWithoutAnyTime() {
        virtually(() -> {
            Task<String> done = createTask(sleep(ms(1), "done"));
            await(done);
            List<Boolean> successes = new ArrayList<>();
            asCompleted(List.of(sleep(ms(10), "late"), done))
                    .timeout(Duration.ZERO)
                    .forEach(item -> successes.add(item.outcome().isSuccess()));
            assertEquals(List.of(true, false), successes);
            assertEquals(1, now());
        });
    }

    @Test
    @DisplayName("35: a limit that did not pass leaves no timer")
    void unusedTimeout() {
        run(() -> {
            assertEquals(List.of("a"), results(asCompleted(sleep(ms(1), "a")).timeout(Duration.ofHours(1))));
        });
        // NothingLeft looks for the timer.
    }

    @Test
    @DisplayName("36: iterating again goes on where it was left")
    void resume() {
        virtually(() -> {
            AsCompleted<String> items = asCompleted(three());
            for (Completed<String> item : items) {
                assertEquals("fast", item.result());
                break;
            }
            assertEquals(List.of("middle", "slow"), results(items));
            assertEquals(List.of(), results(items));
        });
    }

    @Test
    @DisplayName("38: items may be asked for side by side")
    void concurrently() {
        virtually(() -> {
            AsCompleted<String> items = asCompleted(three());
            List<Completed<String>> all = await(gather(Stream.generate(() -> async(() -> await(items.next())))
                    .limit(4)
                    .toList()));
            assertEquals(
                    Arrays.asList("fast", "middle", "slow", null),
                    all.stream()
                            .map(item -> item == null ? null : item.result())
                            .toList());
        });
    }

    @Test
    @DisplayName("39: the same awaitable twice is one item")
    void duplicates() {
        virtually(() -> {
            Coroutine<String> one = sleep(ms(10), "one");
            assertEquals(List.of("two", "one"), results(asCompleted(one, one, sleep(ms(5), "two"))));
        });
    }

    @Test
    void ofNothing() {
        virtually(() ->
                assertFalse(asCompleted(List.<Coroutine<String>>of()).iterator().hasNext()));
    }

    @Test
    void nothingStartsBeforeTheFirstItemIsAskedFor() {
        virtually(() -> {
            AsCompleted<String> items = asCompleted(three());
            await(sleep(ms(100)));
            assertEquals(List.of(), items.pending());
            assertEquals("fast", await(items.next()).result());
            assertEquals(110, now());
            assertEquals(2, items.pending().size());
            await(items.cancelPending());
        });
    }

    @Test
    void anErrorAndACancelAreItemsLikeOthers() {
        virtually(() -> {
            Task<String> cancelled = createTask(sleep(ms(100), "never"));
            Coroutine<String> failing = async(() -> {
                throw new TimeoutException("checked");
            });
            cancelled.cancel();
            Map<Integer, Outcome<String>> outcomes = new TreeMap<>();
            asCompleted(cancelled, failing).forEach(item -> outcomes.put(item.index(), item.outcome()));
            assertThrows(CancelledException.class, () -> outcomes.get(0).get());
            assertInstanceOf(
                    TimeoutException.class,
                    assertThrows(
                                    CompletionException.class,
                                    () -> outcomes.get(1).get())
                            .getCause());
        });
    }

    @Test
    void aCancelledWaiterLosesNoItem() {
        virtually(() -> {
            AsCompleted<String> items = asCompleted(three());
            Task<?> impatient = createTask(items.next());
            await(sleep(ms(5)));
            impatient.cancel();
            await(waitUntil(List.of(impatient)));
            assertEquals(List.of("fast", "middle", "slow"), results(items));
        });
    }

    @Test
    void cancellingTheLoopLeavesTheTasks() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(100), "inner"));
            Task<Void> loop = createTask(async(() -> {
                for (Completed<String> item : asCompleted(inner)) {
                    steps.unreached();
                }
            }));
            await(sleep(ms(1)));
            loop.cancel();
            assertThrows(CancelledException.class, () -> await(loop));
            assertEquals("inner", await(inner));
        });
    }

    @Test
    void onEachMayAwait() {
        virtually(() -> {
            List<String> seen = new ArrayList<>();
            await(asCompleted(three()).onEach(item -> {
                await(sleep(ms(100)));
                seen.add(item.result() + now());
            }));
            assertEquals(List.of("fast110", "middle210", "slow310"), seen);
        });
    }

    @Test
    void iterationOutsideOfABodyIsRefused() {
        assertThrows(IllegalStateException.class, () -> asCompleted(three()).iterator());
    }

    @Test
    void anErrorThatWasNotHandedOutIsReported() {
        String expected = "Task forgotten failed and nobody asked";
        String log = Logged.untilCollected(
                () -> virtually(() -> {
                    AsCompleted<String> items = asCompleted(List.of(sleep(ms(1), "ok"), async("forgotten", () -> {
                        await(sleep(ms(10)));
                        throw new IllegalStateException("boom");
                    })));
                    await(items.next());
                    await(sleep(ms(20)));
                }),
                expected);
        assertTrue(log.contains(expected), log);
    }

    /** A subscriber that asks for one item at a time. */
    private static class OneByOne implements Flow.Subscriber<Completed<String>> {
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch ended = new CountDownLatch(1);
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(Completed<String> item) {
            seen.add(item.result());
            subscription.request(1);
        }

        @Override
        public void onError(Throwable error) {
            seen.add(error.getClass().getSimpleName());
            ended.countDown();
        }

        @Override
        public void onComplete() {
            seen.add("complete");
            ended.countDown();
        }
    }

    @Test
    void aSubscriberGetsTheItemsItAsksForAndTheEnd() throws Exception {
        OneByOne subscriber = new OneByOne();
        asCompleted(three()).subscribe(subscriber);
        subscriber.ended.await();
        assertEquals(List.of("fast", "middle", "slow", "complete"), subscriber.seen);
    }

    @Test
    void aSubscriberThatCancelsGetsNothingMore() {
        virtually(() -> {
            List<Task<String>> done = List.of(createTask(sleep(ms(1), "a")), createTask(sleep(ms(1), "b")));
            await(waitUntil(done));
            OneByOne subscriber = new OneByOne() {
                @Override
                public void onNext(Completed<String> item) {
                    super.onNext(item);
                    subscription.cancel();
                }
            };
            asCompleted(done).subscribe(subscriber);
            await(sleep(ms(10)));
            assertEquals(1, subscriber.seen.size(), subscriber.seen::toString);
        });
    }

    @Test
    void aSubscriberThatAsksForNothingIsToldSo() throws Exception {
        OneByOne subscriber = new OneByOne() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(0);
            }
        };
        asCompleted(three()).subscribe(subscriber);
        subscriber.ended.await();
        assertEquals(List.of("IllegalArgumentException"), subscriber.seen);
    }

    @Test
    @DisplayName("37: each next() is what ends next at the time it is awaited, in whatever order they were made")
    void reverseWait() {
        virtually(() -> {
            AsCompleted<String> all = asCompleted(sleep(ms(5), "a"), sleep(ms(1), "b"), sleep(ms(3), "c"));
            List<Coroutine<Completed<String>>> items = List.of(all.next(), all.next(), all.next());
            assertEquals("b", await(items.get(2)).result());
            assertEquals("c", await(items.get(1)).result());
            assertEquals("a", await(items.get(0)).result());
        });
    }
}
