package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.shield;
import static dev.jawait.Async.sleep;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.Garbage;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import dev.jawait.testing.Waiting;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class GatherTest {
    @RegisterExtension
    final Steps steps = new Steps();

    private final RuntimeException boom = new IllegalStateException("boom");

    private Coroutine<String> failing(long after) {
        return async(() -> {
            await(sleep(ms(after)));
            throw boom;
        });
    }

    @Test
    @DisplayName("1: gather of nothing is an empty list at once")
    void ofNothing() {
        assertEquals(List.of(), virtually(() -> await(gather(List.<Coroutine<String>>of()))));
    }

    @Test
    void resultsComeInTheOrderGivenAndTheWorkRunsSideBySide() {
        virtually(() -> {
            assertEquals(
                    List.of("a", "b", "c"), await(gather(sleep(ms(30), "a"), sleep(ms(10), "b"), sleep(ms(20), "c"))));
            assertEquals(30, now());
        });
    }

    @Test
    @DisplayName("2: the first failure is thrown at once, the same object, and the others run on")
    void firstFailureAtOnce() {
        virtually(() -> {
            Task<String> slow = createTask(sleep(ms(1000), "slow"));
            Throwable thrown = assertThrows(
                    IllegalStateException.class,
                    () -> await(gather(sleep(ms(10), "ok"), failing(20), slow, failing(30))));
            assertSame(boom, thrown);
            assertEquals(20, now());
            assertFalse(slow.isDone());
            assertEquals("slow", await(slow));
        });
    }

    @Test
    @DisplayName("3, 5: returnExceptions waits for all; errors and cancels are values at their places")
    void returnExceptions() {
        virtually(() -> {
            Task<String> cancelled = createTask(sleep(ms(1000), "never"));
            Task<List<Outcome<String>>> gathering =
                    createTask(gather(List.of(sleep(ms(30), "a"), failing(10), cancelled, sleep(ms(20), "d")))
                            .returnExceptions());
            await(sleep(ms(25)));
            cancelled.cancel("no more");
            assertFalse(gathering.isDone());
            List<Outcome<String>> outcomes = await(gathering);
            assertEquals(30, now());
            assertEquals(new Outcome.Success<>("a"), outcomes.get(0));
            assertSame(boom, outcomes.get(1).exceptionOrNull());
            assertInstanceOf(Outcome.Cancelled.class, outcomes.get(2));
            assertEquals("no more", outcomes.get(2).exceptionOrNull().getMessage());
            assertEquals("d", outcomes.get(3).get());
        });
    }

    @Test
    @DisplayName(
            "4: a cancelled child counts as one that threw the cancel; the waiter is not cancelled, the others run on")
    void cancelledChild() {
        virtually(() -> {
            Task<String> child = createTask(sleep(ms(100), "never"));
            Task<String> other = createTask(sleep(ms(100), "other"));
            await(sleep(ms(1)));
            child.cancel();
            assertThrows(CancelledException.class, () -> await(gather(child, other)));
            assertEquals(0, currentTask().cancelling());
            assertEquals("other", await(other));
        });
    }

    @Test
    @DisplayName("6: the same awaitable twice runs once and is at both places")
    void duplicates() {
        virtually(() -> {
            AtomicInteger runs = new AtomicInteger();
            Coroutine<Integer> counted = async(runs::incrementAndGet);
            assertEquals(List.of(1, 1, 7, 1), await(gather(counted, counted, sleep(ms(1), 7), counted)));
            assertEquals(1, runs.get());
        });
    }

    @Test
    @DisplayName("7: cancelling the waiter cancels the children and what they await; code after the await never runs")
    void cancelReachesTheChildren() {
        virtually(() -> {
            Task<String> deep = createTask(sleep(ms(1000), "deep"));
            Task<String> a = createTask(async(() -> await(deep)));
            Task<String> b = createTask(sleep(ms(1000), "b"));
            Task<Void> waiter = createTask(async(() -> {
                await(gather(a, b));
                steps.unreached();
            }));
            await(sleep(ms(1)));
            assertTrue(waiter.cancel("enough"));
            CancelledException thrown = assertThrows(CancelledException.class, () -> await(waiter));
            assertEquals("enough", thrown.getMessage());
            assertEquals(1, now());
            assertTrue(waiter.isCancelled() && a.isCancelled() && b.isCancelled() && deep.isCancelled());
            assertFalse(waiter.cancel());
        });
    }

    @Test
    @DisplayName("a cancelled gather with returnExceptions ends, cancelled, when its last child has cleaned up")
    void cancelWaitsForCleanup() {
        virtually(() -> {
            Coroutine<Void> cleaning = async(() -> {
                try {
                    await(sleep(ms(1000)));
                } finally {
                    await(sleep(ms(50)));
                    steps.expect(1);
                }
            });
            Task<?> waiter = createTask(gather(List.of(cleaning)).returnExceptions());
            await(sleep(ms(10)));
            waiter.cancel();
            assertThrows(CancelledException.class, () -> await(waiter));
            assertEquals(60, now());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("8: errors after the first are not reported as never retrieved")
    void laterErrors() {
        String log = Logged.by(() -> {
            virtually(() -> {
                Coroutine<String> late = async("late", () -> await(failing(20)));
                assertThrows(IllegalStateException.class, () -> await(gather(failing(10), late)));
                await(sleep(ms(30)));
            });
            Garbage.collectUntil(() -> false, 200);
        });
        assertFalse(log.contains("Task late failed"), log);
    }

    @Test
    @DisplayName("10: a gather whose children have all ended keeps its result")
    void cancelAfterTheEnd() {
        virtually(() -> {
            Task<List<Integer>> all = createTask(gather(sleep(ms(1), 42)));
            await(all);
            assertFalse(all.cancel());
            assertEquals(List.of(42), all.result());
        });
    }

    @Test
    @DisplayName("11: a task that gathers in a loop with returnExceptions can be cancelled, and the message arrives")
    void cancelOfALoop() {
        virtually(() -> {
            Task<Void> looping = createTask(async(() -> {
                while (true) {
                    await(gather(List.of(sleep(ms(10), 1), sleep(ms(20), 2))).returnExceptions());
                }
            }));
            await(sleep(ms(50)));
            looping.cancel("my message");
            assertEquals(
                    "my message",
                    assertThrows(CancelledException.class, () -> await(looping)).getMessage());
        });
    }

    @Test
    @DisplayName("17: cancelling a gather of shields leaves what they shield")
    void gatherOfShields() {
        virtually(() -> {
            Task<String> a = createTask(sleep(ms(100), "a"));
            Task<String> b = createTask(sleep(ms(100), "b"));
            Task<?> waiter = createTask(gather(shield(a), shield(b)));
            await(sleep(ms(1)));
            waiter.cancel();
            assertThrows(CancelledException.class, () -> await(waiter));
            assertEquals(1, now());
            assertEquals("ab", await(a) + await(b));
        });
    }

    @Test
    void aGatherMayBeAwaitedAgainAndRunsAnew() {
        virtually(() -> {
            AtomicInteger runs = new AtomicInteger();
            Gather<Integer> twice = gather(async(runs::incrementAndGet));
            assertEquals(List.of(1), await(twice));
            assertEquals(List.of(2), await(twice));
        });
    }

    @Test
    void cancelOnFailureCancelsTheOthersAndWaitsForThem() {
        virtually(() -> {
            Task<String> other = createTask(async(() -> {
                try {
                    return await(sleep(ms(1000), "other"));
                } finally {
                    await(sleep(ms(50)));
                }
            }));
            assertSame(
                    boom,
                    assertThrows(
                            IllegalStateException.class,
                            () -> await(gather(failing(10), other).cancelOnFailure())));
            assertTrue(other.isCancelled());
            assertEquals(60, now());
        });
    }

    @Test
    void aCancelledGatherWithCancelOnFailureCancelsEachChildOnce() {
        virtually(() -> {
            Task<String> cleaning = createTask(async(() -> {
                try {
                    return await(sleep(ms(1000), "never"));
                } finally {
                    await(sleep(ms(50)));
                    steps.expect(1);
                    assertEquals(1, currentTask().cancelling());
                }
            }));
            Task<?> waiter = createTask(gather(sleep(ms(1000), "a"), cleaning).cancelOnFailure());
            await(sleep(ms(10)));
            waiter.cancel();
            assertThrows(CancelledException.class, () -> await(waiter));
            assertTrue(cleaning.isCancelled());
            assertEquals(60, now());
            steps.finish(2);
        });
    }

    @Test
    void limitRunsNoMoreThanThatAtOnce() {
        virtually(() -> {
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Coroutine<Integer> each = async(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                await(sleep(ms(10)));
                return running.decrementAndGet();
            });
            List<Coroutine<Integer>> ten =
                    Stream.generate(() -> async(() -> await(each))).limit(10).toList();
            await(gather(ten).limit(3));
            assertEquals(3, most.get());
            assertEquals(40, now());
        });
    }

    @Test
    void limitReadsAnEndlessInputOnlyAsPlacesGetFree() {
        virtually(() -> {
            AtomicInteger made = new AtomicInteger();
            Iterable<Coroutine<Integer>> endless = () -> Stream.generate(() -> {
                        int number = made.incrementAndGet();
                        return number < 7
                                ? sleep(ms(10), number)
                                : Async.<Integer>async(() -> {
                                    throw boom;
                                });
                    })
                    .iterator();
            assertSame(
                    boom,
                    assertThrows(
                            IllegalStateException.class,
                            () -> await(gather(endless).limit(2))));
            assertTrue(made.get() <= 8, "made " + made);
        });
    }

    @Test
    void anInputThatFailsWhileItIsReadFailsTheGatherAlsoWhereErrorsAreValues() {
        virtually(() -> {
            Iterable<Coroutine<Integer>> broken = () -> Stream.iterate(1, i -> i + 1)
                    .map(number -> {
                        if (number == 3) {
                            throw boom;
                        }
                        return sleep(ms(10), number);
                    })
                    .iterator();
            assertSame(
                    boom,
                    assertThrows(
                            IllegalStateException.class,
                            () -> await(gather(broken).limit(2).returnExceptions())));
        });
    }

    @Test
    @Timeout(60)
    void aStreamOfAMillionIsReadAsPlacesGetFree() {
        int count = 1_000_000;
        AtomicInteger most = new AtomicInteger();
        Stream<Coroutine<Integer>> work = IntStream.range(0, count).mapToObj(i -> {
            if (i % 1000 == 0) {
                most.accumulateAndGet(Async.allTasks().size(), Math::max);
            }
            return sleep(Duration.ZERO, i);
        });
        List<Integer> results = run(gather(work).limit(10));
        assertEquals(IntStream.range(0, count).boxed().toList(), results);
        assertTrue(most.get() <= 1 + 10 + 10, "the main task, ten lanes, ten of the work: " + most);
    }

    @Test
    void anInputMayWaitForWhatItHasGivenBefore() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        Iterable<Coroutine<Integer>> input = () -> Stream.of(1, 2)
                .map(i -> i == 1
                        ? async(() -> {
                            first.complete(1);
                            return 1;
                        })
                        : sleep(Duration.ZERO, first.join() + 1))
                .iterator();
        assertEquals(List.of(1, 2), run(gather(input)));
    }

    @Test
    void limitKeepsTheOrderAndDuplicatesRunOnce() {
        virtually(() -> {
            AtomicInteger runs = new AtomicInteger();
            Coroutine<Integer> counted = async(runs::incrementAndGet);
            assertEquals(
                    List.of(5, 1, 6, 1),
                    await(gather(sleep(ms(9), 5), counted, sleep(ms(1), 6), counted)
                            .limit(2)));
        });
    }

    @Test
    void eachOfTwoGathersWithALimitRunsACoroutineOnceAndALaterOneAnew() {
        virtually(() -> {
            AtomicInteger runs = new AtomicInteger();
            Coroutine<Integer> counted = async(() -> {
                await(sleep(ms(1)));
                return runs.incrementAndGet();
            });
            Gather<Integer> pair = gather(counted, counted).limit(1);
            assertEquals(
                    List.of(List.of(1, 1), List.of(2, 2)),
                    await(gather(pair, gather(counted, counted).limit(1))));
            assertEquals(List.of(3, 3), await(pair));
            assertEquals(3, runs.get());
        });
    }

    /** The first is held by another gather as the second one meets it, and free as it meets it again. */
    @Test
    void aCoroutineThatAnotherGatherHasLetGoMeanwhileIsKnownAllTheSame() {
        virtually(() -> {
            AtomicInteger runs = new AtomicInteger();
            Coroutine<Integer> counted = async(runs::incrementAndGet);
            Task<List<Integer>> other =
                    createTask(gather(counted, sleep(ms(10), 0)).limit(1));
            await(sleep(ms(5)));
            assertEquals(
                    List.of(2, 0, 2),
                    await(gather(counted, sleep(ms(10), 0), counted).limit(1)));
            assertEquals(List.of(1, 0), await(other));
        });
    }

    @Test
    void limitKeepsNothingOfACoroutineThatHasEnded() throws Exception {
        List<WeakReference<Coroutine<Integer>>> made = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        Stream<Coroutine<Integer>> work = IntStream.rangeClosed(0, 100).mapToObj(i -> {
            Coroutine<Integer> coroutine = i < 100
                    ? sleep(Duration.ZERO, i)
                    : async(() -> {
                        done.await();
                        return i;
                    });
            made.add(new WeakReference<>(coroutine));
            return coroutine;
        });
        CompletableFuture<List<Integer>> all = gather(work).limit(2).toFuture();
        Waiting.until("all to be made", () -> made.size() == 101);
        BooleanSupplier collected =
                () -> made.stream().filter(one -> one.refersTo(null)).count() >= 98;
        Garbage.collectUntil(collected, 20_000);
        assertTrue(collected.getAsBoolean());
        done.countDown();
        assertEquals(101, all.get().size());
    }

    @Test
    void limitWithReturnExceptionsKeepsAChildThatCancelsItselfApart() {
        virtually(() -> {
            Coroutine<String> suicide = async(() -> {
                currentTask().cancel("by itself");
                return await(sleep(ms(10), "never"));
            });
            List<Outcome<String>> outcomes = await(gather(List.of(suicide, sleep(ms(10), "b"), failing(1)))
                    .limit(1)
                    .returnExceptions());
            assertEquals("by itself", outcomes.get(0).exceptionOrNull().getMessage());
            assertEquals("b", outcomes.get(1).get());
            assertSame(boom, outcomes.get(2).exceptionOrNull());
        });
    }

    @Test
    void aCancelledGatherWithALimitStartsNothingMore() {
        virtually(() -> {
            AtomicInteger started = new AtomicInteger();
            Coroutine<String> deaf = async(() -> {
                started.incrementAndGet();
                try {
                    return await(sleep(ms(1000), "never"));
                } catch (CancelledException cancelled) {
                    return "deaf";
                }
            });
            List<Coroutine<String>> four =
                    Stream.generate(() -> async(() -> await(deaf))).limit(4).toList();
            Task<?> waiter = createTask(gather(four).limit(2));
            await(sleep(ms(10)));
            waiter.cancel();
            assertThrows(CancelledException.class, () -> await(waiter));
            assertEquals(2, started.get());
            assertEquals(10, now());
        });
    }

    @Test
    void limitBelowOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> gather(sleep(ms(1))).limit(0));
    }

    @Test
    @DisplayName(
            "Cancelling a gather with a limit does not wait for an input that blocks; what it reads is interrupted")
    void cancelWhileTheInputBlocks() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Iterable<Coroutine<Integer>> input = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                reading.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return false;
            }

            @Override
            public Coroutine<Integer> next() {
                throw new NoSuchElementException();
            }
        };
        Task<List<Integer>> gather = gather(input).limit(2).cancelOnFailure().start();
        assertTrue(reading.await(10, TimeUnit.SECONDS));
        gather.cancel();
        assertThrows(CancelledException.class, gather::join);
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    }

    /** Nobody may write one of these; the compiler cannot forbid it. */
    private record Foreign(String name) implements Coroutine<String> {
        @Override
        public Task<String> start() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<String> toFuture() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    @DisplayName("9: what is nothing to await is refused with a clear error")
    void notAwaitable() {
        virtually(() -> {
            String foreign = assertThrows(
                            IllegalArgumentException.class, () -> await(gather(List.of(new Foreign("foreign")))))
                    .getMessage();
            assertTrue(foreign.contains("not for implementing"), foreign);
            List<Coroutine<Integer>> withNull = new ArrayList<>(List.of(sleep(ms(1), 1)));
            withNull.add(null);
            for (Coroutine<?> gathering :
                    List.of(gather(withNull), gather(withNull).limit(2))) {
                String missing = assertThrows(NullPointerException.class, () -> await(gathering))
                        .getMessage();
                assertTrue(missing.contains("null instead of an awaitable"), missing);
            }
        });
    }
}
