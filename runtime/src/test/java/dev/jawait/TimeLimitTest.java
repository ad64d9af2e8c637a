package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class TimeLimitTest {
    @RegisterExtension
    final Steps steps = new Steps();

    @Test
    void inTimeIsTheValue() {
        virtually(() -> {
            assertEquals("in time", await(withTimeout(ms(10), sleep(ms(9), "in time"))));
            assertEquals(9, now());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    @DisplayName("71: of nested limits that pass together the inner sees the cancel, only the outermost throws")
    void nestedTogether() {
        virtually(() -> {
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(10), () -> {
                        try {
                            await(withTimeout(ms(10), sleep(ms(100))));
                        } catch (CancelledException cancelled) {
                            steps.expect(1);
                            throw cancelled;
                        }
                    })));
            assertEquals(0, currentTask().cancelling());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("72: the inner limit passes first, then the outer interrupts what comes after it")
    void nestedOneAfterTheOther() {
        virtually(() -> {
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(20), () -> {
                        assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), sleep(ms(100)))));
                        steps.expect(1);
                        await(sleep(ms(100)));
                        steps.unreached();
                    })));
            assertEquals(20, now());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("72: where both pass while the body is busy, only the outer one is a time-out")
    void nestedAndBusy() {
        run(() -> {
            AsyncTimeoutException timedOut = assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(
                            ms(20),
                            outer -> await(withTimeout(ms(10), inner -> {
                                while (!outer.isExpired() || !inner.isExpired()) {
                                    Thread.onSpinWait();
                                }
                                steps.expect(1);
                                try {
                                    return await(sleep(Duration.ofDays(1)));
                                } catch (CancelledException cancelled) {
                                    steps.expect(2);
                                    throw cancelled;
                                }
                            })))));
            assertTrue(timedOut.getMessage().contains("20 ms"), timedOut::getMessage);
            assertEquals(0, currentTask().cancelling());
            await(sleep(Duration.ZERO));
            steps.finish(3);
        });
    }

    @Test
    @DisplayName("73, 86: without any time the body never starts")
    void zero() {
        virtually(() -> {
            for (Duration none : List.of(Duration.ZERO, ms(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(none, steps::unreached)));
            }
            steps.finish(1);
        });
    }

    @Test
    void aLimitBeyondTheClockNeverPasses() {
        virtually(() -> {
            assertEquals(
                    "a", await(withTimeout(Duration.ofSeconds(Long.MAX_VALUE), sleep(Duration.ofDays(1000), "a"))));
        });
    }

    @Test
    @DisplayName("75: an exception of the body passes unchanged")
    void foreignException() {
        virtually(() -> {
            RuntimeException boom = new NoSuchElementException("boom");
            assertSame(
                    boom,
                    assertThrows(
                            NoSuchElementException.class,
                            () -> await(withTimeout(ms(10), () -> {
                                throw boom;
                            }))));
        });
    }

    @Test
    @DisplayName("76, 91: what the body throws when the limit cancels it is what is thrown")
    void exceptionOnTimeout() {
        virtually(() -> {
            Coroutine<Void> crashing = async(() -> {
                try {
                    await(sleep(ms(100)));
                } catch (CancelledException cancelled) {
                    throw new ArithmeticException("in the cleanup");
                }
            });
            assertThrows(ArithmeticException.class, () -> await(withTimeout(ms(10), crashing)));
            Task<Void> task = createTask(crashing);
            assertThrows(ArithmeticException.class, () -> await(withTimeout(ms(10), task)));
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    @DisplayName("77: a time-out's cause is the cancel that ended the body")
    void cause() {
        virtually(() -> {
            AsyncTimeoutException thrown =
                    assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), sleep(ms(100)))));
            assertInstanceOf(CancelledException.class, thrown.getCause());
            assertTrue(thrown.getMessage().contains("10 ms"), thrown.getMessage());
        });
    }

    @Test
    @DisplayName("78, 92: a cancel from elsewhere stays a cancel, and reaches the body")
    void foreignCancel() {
        virtually(() -> {
            for (Duration limit : List.of(ms(50), Duration.ofDays(1))) {
                Task<String> inner = createTask(sleep(Duration.ofDays(2), ""));
                Task<String> task = createTask(withTimeout(limit, inner));
                await(sleep(ms(10)));
                task.cancel();
                assertThrows(CancelledException.class, () -> await(task));
                assertTrue(task.isCancelled() && inner.isCancelled());
            }
        });
    }

    @Test
    @DisplayName("a cancel from elsewhere wins over a limit that passes at the same moment")
    void bothAtOnce() {
        virtually(() -> {
            Task<String> task = createTask(withTimeout(ms(10), sleep(ms(100), "")));
            await(sleep(ms(10)));
            task.cancel();
            await(waitUntil(List.of(task)));
            assertTrue(task.isCancelled());
        });
    }

    @Test
    @DisplayName("79: after a time-out that was handled the task is as before")
    void afterwards() {
        virtually(() -> {
            Task<String> task = createTask(async(() -> {
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), sleep(ms(100)))));
                assertEquals(0, currentTask().cancelling());
                return await(sleep(ms(10), "went on"));
            }));
            assertEquals("went on", await(task));
        });
    }

    @Test
    @DisplayName("81: a fresh limit in the cleanup after one that passed works on its own")
    void inFinally() {
        virtually(() -> {
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(10), () -> {
                        try {
                            await(sleep(ms(100)));
                        } finally {
                            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), sleep(ms(100)))));
                            steps.expect(1);
                        }
                    })));
            assertEquals(20, now());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("82: in a task that swallowed a cancel a limit still passes, and a new cancel still wins")
    void afterASwallowedCancel() {
        virtually(() -> {
            Task<?> task = createTask(async(() -> {
                assertThrows(CancelledException.class, () -> await(sleep(ms(100))));
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), sleep(ms(100)))));
                assertEquals(1, currentTask().cancelling());
                assertThrows(
                        CancelledException.class,
                        () -> await(withTimeout(ms(100), () -> {
                            currentTask().cancel();
                            await(sleep(ms(200)));
                        })));
                steps.finish(1);
            }));
            await(sleep(ms(5)));
            task.cancel();
            await(task);
        });
    }

    @Test
    @DisplayName("a limit that passed unheard, in a body that swallowed a cancel before, does not strike later")
    void unheardLimitAfterASwallowedCancel() {
        run(() -> {
            Task<String> task = createTask(async(() -> {
                assertThrows(CancelledException.class, () -> await(sleep(Duration.ofDays(1))));
                await(withTimeout(ms(1), () -> untilInterrupted()));
                return await(sleep(ms(1), "fine"));
            }));
            await(sleep(ms(5)));
            task.cancel();
            assertEquals("fine", await(task));
        });
    }

    /** Sees the interrupt, and leaves it. */
    private static void untilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("85: cancelling the task within a limit lets the body reach its finally")
    void finallyIsReached() {
        virtually(() -> {
            Task<Void> task = createTask(withTimeout(ms(100), () -> {
                try {
                    await(sleep(ms(50)));
                } finally {
                    steps.finish(1);
                }
            }));
            await(sleep(ms(1)));
            task.cancel();
            assertThrows(CancelledException.class, () -> await(task));
        });
    }

    @Test
    @DisplayName("87: without any time what has ended is its result")
    void zeroButDone() {
        virtually(() -> {
            Task<String> done = createTask(sleep(ms(1), "done"));
            await(done);
            assertEquals("done", await(withTimeout(Duration.ZERO, done)));
        });
    }

    @Test
    @DisplayName("88: a result that comes just before the limit passes is the result")
    void justInTime() {
        virtually(() -> {
            Task<String> task = createTask(sleep(ms(10), "just in time"));
            await(sleep(Duration.ZERO));
            assertEquals("just in time", await(withTimeout(ms(11), task)));
        });
    }

    @Test
    @DisplayName("89: a body that takes the cancel of the limit and returns a value has its value")
    void suppressed() {
        virtually(() -> {
            Coroutine<String> deaf = async(() -> {
                try {
                    return await(sleep(ms(100), "never"));
                } catch (CancelledException cancelled) {
                    return await(sleep(ms(30), "deaf"));
                }
            });
            assertEquals("deaf", await(withTimeout(ms(10), deaf)));
            assertEquals("deaf", await(withTimeout(ms(10), createTask(deaf))));
            assertEquals(80, now());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    @DisplayName("90: the time-out is thrown when the cleanup has ended")
    void waitsForCleanup() {
        virtually(() -> {
            Coroutine<String> cleaning = async(() -> {
                try {
                    return await(sleep(ms(100), "never"));
                } finally {
                    await(sleep(ms(50)));
                }
            });
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), cleaning)));
            assertEquals(60, now());
            Task<String> task = createTask(cleaning);
            await(sleep(Duration.ZERO));
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(Duration.ZERO, task)));
            assertEquals(110, now());
            assertTrue(task.isCancelled());
        });
    }

    @Test
    @DisplayName("93: a cancel that arrives when the awaited has just ended is not lost")
    void cancelAfterTheInnerEnded() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(10), "inner"));
            Task<String> waiter = createTask(withTimeout(ms(100), inner));
            await(inner);
            boolean accepted = waiter.cancel();
            await(waitUntil(List.of(waiter)));
            assertEquals(accepted, waiter.isCancelled());
            assertEquals("inner", inner.result());
        });
    }

    @Test
    void aTimeOutOfTheBodysOwnIsNotMistakenForTheLimits() {
        virtually(() -> {
            AsyncTimeoutException own = new AsyncTimeoutException("the body's own");
            assertSame(
                    own,
                    assertThrows(
                            AsyncTimeoutException.class,
                            () -> await(withTimeout(ms(10), () -> {
                                throw own;
                            }))));
        });
    }

    @Test
    @DisplayName("80: a moved limit counts from the move; moved out of the way it never passes")
    void rescheduled() {
        virtually(() -> {
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(10), deadline -> {
                        await(sleep(ms(5)));
                        deadline.reschedule(ms(20));
                        assertEquals(ms(20), deadline.remaining());
                        await(sleep(ms(100)));
                        return null;
                    })));
            assertEquals(25, now());
            await(withTimeout(ms(10), deadline -> {
                deadline.reschedule(ChronoUnit.FOREVER.getDuration());
                await(sleep(Duration.ofDays(1)));
                assertFalse(deadline.isExpired());
                return null;
            }));
        });
    }

    @Test
    void movedIntoThePastItInterruptsTheNextAwait() {
        virtually(() -> {
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(10), deadline -> {
                        deadline.reschedule(Duration.ZERO);
                        steps.finish(1);
                        await(sleep(Duration.ZERO));
                        steps.unreached();
                        return null;
                    })));
            assertEquals(0, now());
        });
    }

    @Test
    void theMessageNamesTheLimitItWasMovedTo() {
        virtually(() -> {
            AsyncTimeoutException passed = assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(10), deadline -> {
                        deadline.reschedule(ms(30));
                        return await(sleep(ms(100)));
                    })));
            assertTrue(passed.getMessage().contains("30 ms"), passed.getMessage());
        });
    }

    @Test
    @DisplayName("83: a limit cannot be moved while it ends its block, nor once the block was left")
    void reschedulingTooLate() {
        virtually(() -> {
            Deadline[] kept = new Deadline[2];
            await(withTimeout(ms(10), deadline -> kept[0] = deadline));
            refusedAs("finished", kept[0]);
            assertFalse(kept[0].isExpired());
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(10), deadline -> {
                        kept[1] = deadline;
                        try {
                            return await(sleep(ms(100)));
                        } finally {
                            refusedAs("expiring", deadline);
                        }
                    })));
            refusedAs("expired", kept[1]);
            assertTrue(kept[1].isExpired());
        });
    }

    private static void refusedAs(String state, Deadline deadline) {
        String message = assertThrows(IllegalStateException.class, () -> deadline.reschedule(ms(1)))
                .getMessage();
        assertTrue(message.endsWith(state), message);
    }

    @Test
    @DisplayName("74: a limit without an end never passes")
    void unlimited() {
        virtually(() -> {
            await(withTimeout(ChronoUnit.FOREVER.getDuration(), sleep(Duration.ofDays(10_000))));
            assertEquals(Duration.ofDays(10_000).toMillis(), now());
        });
    }

    @Test
    void insideOfALimitTheDeadlineIsTheNearestOfAllAroundIt() {
        virtually(() -> {
            assertNull(Deadline.current());
            await(withTimeout(ms(10), () -> {
                await(sleep(ms(2)));
                assertEquals(ms(8), Deadline.current().remaining());
                await(withTimeout(
                        ms(100), () -> assertEquals(ms(8), Deadline.current().remaining())));
                await(withTimeout(
                        ms(3), () -> assertEquals(ms(3), Deadline.current().remaining())));
                assertEquals(ms(8), Deadline.current().remaining());
                assertEquals(
                        ms(8), await(createTask(async(() -> Deadline.current().remaining()))));
            }));
            assertNull(Deadline.current());
        });
    }

    @Test
    void anExpiredDeadlineHasNothingLeft() {
        virtually(() -> assertThrows(
                AsyncTimeoutException.class,
                () -> await(withTimeout(ms(10), () -> {
                    try {
                        await(sleep(ms(100)));
                    } finally {
                        assertEquals(Duration.ZERO, Deadline.current().remaining());
                    }
                }))));
    }

    @Test
    void aBodyThatSeesItsLimitRunsEvenWithoutAnyTime() {
        virtually(() -> {
            assertEquals("no await", await(withTimeout(Duration.ZERO, deadline -> "no await")));
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(Duration.ZERO, deadline -> await(sleep(Duration.ZERO, 1)))));
        });
    }
}
