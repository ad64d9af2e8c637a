package dev.jawait;

import static dev.jawait.Async.allTasks;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
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

import dev.jawait.testing.Garbage;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import dev.jawait.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class TaskTest {
    @RegisterExtension
    final Steps steps = new Steps();

    @Test
    @DisplayName("41: cancelled before its first step the body never runs; the message reaches the reader")
    void cancelBeforeTheStart() {
        virtually(() -> {
            Task<String> task = createTask(async(() -> {
                steps.unreached();
                return "";
            }));
            assertTrue(task.cancel("not at all"));
            assertFalse(task.isCancelled());
            assertEquals(
                    "not at all",
                    assertThrows(CancelledException.class, () -> await(task)).getMessage());
            assertTrue(task.isCancelled());
        });
    }

    @Test
    @DisplayName("42: the message of a cancel reaches the awaiter, none too")
    void messages() {
        virtually(() -> {
            for (String message : Arrays.asList(null, "my message")) {
                Task<String> task = createTask(sleep(ms(100), ""));
                await(sleep(ms(1)));
                task.cancel(message);
                assertEquals(
                        message,
                        assertThrows(CancelledException.class, () -> await(task))
                                .getMessage());
            }
        });
    }

    @Test
    @DisplayName("43: cancelling what a task awaits ends the task cancelled")
    void cancelOfTheInner() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(100), ""));
            Task<String> outer = createTask(async(() -> await(inner)));
            await(sleep(ms(1)));
            inner.cancel();
            outer.cancel();
            await(waitUntil(List.of(outer)));
            assertTrue(outer.isCancelled());
        });
    }

    @Test
    @DisplayName("44: a body that takes the cancel and returns a value has succeeded")
    void catching() {
        virtually(() -> {
            Task<Integer> task = createTask(async(() -> {
                try {
                    await(sleep(ms(100)));
                    return 0;
                } catch (CancelledException cancelled) {
                    return 42;
                }
            }));
            await(sleep(ms(1)));
            task.cancel();
            assertEquals(42, await(task));
            assertFalse(task.isCancelled());
        });
    }

    @Test
    @DisplayName("45: a body may swallow a cancel and await on")
    void ignoring() {
        virtually(() -> {
            Task<String> later = createTask(sleep(ms(100), "later"));
            Task<String> task = createTask(async(() -> {
                try {
                    await(sleep(ms(10)));
                } catch (CancelledException cancelled) {
                    steps.expect(1);
                }
                return await(later);
            }));
            await(sleep(ms(1)));
            task.cancel();
            assertEquals("later", await(task));
            assertEquals(0, later.cancelling());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("46: a task that cancels itself is interrupted at its next await")
    void cancelOfItself() {
        virtually(() -> {
            Task<Void> task = createTask(async(() -> {
                assertTrue(currentTask().cancel());
                steps.expect(1);
                assertFalse(Thread.currentThread().isInterrupted());
                try {
                    await(sleep(ms(100)));
                } finally {
                    steps.finish(2);
                }
            }));
            assertThrows(CancelledException.class, () -> await(task));
            assertFalse(task.cancel());
            assertEquals(0, now());
        });
    }

    @Test
    @DisplayName("47: a task that cancels itself and returns without an await is cancelled")
    void cancelAtTheEnd() {
        virtually(() -> {
            Task<String> task = createTask(async(() -> {
                currentTask().cancel();
                return "lost";
            }));
            assertThrows(CancelledException.class, () -> await(task));
            assertTrue(task.isCancelled());
        });
    }

    @Test
    @DisplayName("48: cancelling() counts; each cancel of a live task returns true")
    void cancelling() {
        virtually(() -> {
            Task<String> task = createTask(sleep(ms(100), ""));
            assertEquals(0, task.cancelling());
            assertTrue(task.cancel());
            assertTrue(task.cancel());
            assertEquals(2, task.cancelling());
            await(waitUntil(List.of(task)));
            assertFalse(task.cancel());
            assertEquals(2, task.cancelling());
        });
    }

    @Test
    @DisplayName("49: uncancel in the handler: the task goes on and can be cancelled again")
    void uncancel() {
        virtually(() -> {
            Task<String> task = createTask(async(() -> {
                try {
                    await(sleep(ms(100)));
                } catch (CancelledException cancelled) {
                    assertEquals(0, currentTask().uncancel());
                    assertEquals(0, currentTask().uncancel());
                }
                return await(sleep(ms(100), "went on"));
            }));
            await(sleep(ms(10)));
            task.cancel();
            await(sleep(ms(10)));
            assertFalse(task.isDone());
            assertEquals(0, task.cancelling());
            task.cancel();
            assertThrows(CancelledException.class, () -> await(task));
            assertEquals(20, now());
            assertEquals(0, task.uncancel());
            assertTrue(task.isCancelled());
        });
    }

    @Test
    @DisplayName("50: uncancel before the delivery drops the cancel")
    void uncancelBeforeTheDelivery() {
        virtually(() -> {
            Task<Integer> task = createTask(async(() -> {
                currentTask().cancel();
                currentTask().uncancel();
                return await(sleep(ms(1), 42));
            }));
            assertEquals(42, await(task));
        });
    }

    @Test
    @DisplayName("52: a task that cancels itself and then awaits another cancels that too")
    void cancelReachesTheAwaited() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(100), ""));
            Task<String> outer = createTask(async(() -> {
                currentTask().cancel();
                return await(inner);
            }));
            assertThrows(CancelledException.class, () -> await(outer));
            assertTrue(inner.isCancelled());
        });
    }

    @Test
    @DisplayName("53: a cancelled sleep leaves no timer")
    void cancelledSleep() {
        run(() -> {
            Task<?> sleeping = createTask(sleep(Duration.ofDays(1)));
            await(sleep(ms(1)));
            sleeping.cancel();
            await(waitUntil(List.of(sleeping)));
        });
        // NothingLeft looks for the timer.
    }

    @Test
    @DisplayName("54: an error out of the handler of a cancel is the task's end")
    void errorDuringCancel() {
        virtually(() -> {
            Error error = new AssertionError("in the handler");
            Task<Void> task = createTask(async(() -> {
                try {
                    await(sleep(ms(100)));
                } catch (CancelledException cancelled) {
                    throw error;
                }
            }));
            await(sleep(ms(1)));
            task.cancel();
            assertSame(error, assertThrows(AssertionError.class, () -> await(task)));
            assertFalse(task.isCancelled());
            assertSame(error, task.exception());
        });
    }

    @Test
    @DisplayName("55: a task cannot await itself")
    void itself() {
        virtually(() -> {
            assertThrows(IllegalStateException.class, () -> await(currentTask()));
            assertThrows(IllegalStateException.class, () -> currentTask().join());
        });
    }

    @Test
    @DisplayName("asyncio's 'never retrieved': an error that nobody asked for is logged once, one that was seen is not")
    void unretrieved() {
        String expected = "Task forgotten failed and nobody asked";
        String log = Logged.untilCollected(
                () -> run(() -> {
                    Coroutine<String> failing = async(() -> {
                        throw new IllegalStateException("boom");
                    });
                    createTask("forgotten", failing);
                    Task<String> seen = createTask("seen", failing);
                    Task<String> cancelled = createTask("cancelled", sleep(ms(1000), ""));
                    Task<String> awaited = createTask("awaited", async(() -> {
                        await(sleep(ms(10)));
                        throw new IllegalStateException("boom");
                    }));
                    assertThrows(IllegalStateException.class, () -> await(awaited));
                    await(sleep(ms(50)));
                    seen.exception();
                    cancelled.cancel();
                }),
                expected);
        assertEquals(1, log.split(expected, -1).length - 1, log);
        assertFalse(log.contains("Task seen") || log.contains("Task cancelled") || log.contains("Task awaited"), log);
    }

    @Test
    @DisplayName("59: an error of a task that was cancelled afterwards is not logged")
    void cancelledAfterItsError() {
        String log = Logged.by(() -> {
            run(() -> {
                Task<Void> failed = createTask("given up", async(() -> {
                    throw new IllegalStateException("boom");
                }));
                Waiting.until("its end", failed::isDone);
                assertFalse(failed.cancel());
            });
            Garbage.collectUntil(() -> false, 300);
        });
        assertFalse(log.contains("Task given up"), log);
    }

    @Test
    @DisplayName("60: currentTask is right across interleaved awaits, and null outside")
    void current() {
        assertNull(currentTask());
        virtually(() -> {
            Coroutine<Boolean> same = async(() -> {
                Task<?> before = currentTask();
                for (int i = 0; i < 5; i++) {
                    await(sleep(ms(1)));
                    assertSame(before, currentTask());
                }
                return before == await(async(Async::currentTask));
            });
            Task<Boolean> one = createTask("one", same);
            Task<Boolean> two = createTask("two", same);
            assertEquals(List.of(true, true), await(gather(one, two)));
        });
        assertNull(currentTask());
    }

    @Test
    @DisplayName("63: sleep(0) lets what is queued run once, and results in its value")
    void sleepZero() {
        virtually(() -> {
            List<String> order = new ArrayList<>();
            Task<?> other = createTask(async(() -> {
                order.add("other");
                await(sleep(Duration.ZERO));
                order.add("other again");
            }));
            order.add("first");
            assertEquals("value", await(sleep(Duration.ZERO, "value")));
            order.add("between");
            await(sleep(ms(-5)));
            await(other);
            assertEquals(List.of("first", "other", "between", "other again"), order);
        });
    }

    @Test
    @DisplayName("58 does not apply: a task that nobody refers to runs to its end")
    void strongReferences() {
        run(() -> {
            CountDownLatch ended = new CountDownLatch(1);
            createTask(withTimeout(Duration.ofDays(1), async(() -> {
                await(sleep(ms(100)));
                ended.countDown();
            })));
            Garbage.collectUntil(() -> ended.getCount() == 0, 5000);
            assertEquals(0, ended.getCount());
        });
    }

    @Test
    void awaitingACoroutineRunsItInlineAndEachTimeAnew() {
        virtually(() -> {
            AtomicInteger runs = new AtomicInteger();
            Task<?> here = currentTask();
            Coroutine<Integer> coroutine = async(() -> {
                assertSame(here, currentTask());
                await(sleep(ms(10)));
                return runs.incrementAndGet();
            });
            assertEquals(0, runs.get());
            assertEquals(3, await(coroutine) + await(coroutine));
            assertEquals(20, now());
        });
    }

    @Test
    void aTaskRunsOnceAndMayBeAwaitedOften() {
        virtually(() -> {
            Task<Integer> task = createTask(async(new AtomicInteger()::incrementAndGet));
            assertEquals(2, await(task) + await(task));
            assertSame(task, task.start());
            assertSame(task, createTask(task));
        });
    }

    @Test
    void tasksStartInTheOrderTheyWereMadeAtTheCreatorsNextAwait() {
        virtually(() -> {
            List<Integer> order = new ArrayList<>();
            IntStream.range(0, 5).forEach(i -> createTask(async(() -> order.add(i))));
            assertEquals(List.of(), order);
            await(sleep(Duration.ZERO));
            assertEquals(List.of(0, 1, 2, 3, 4), order);
        });
    }

    @Test
    void anErrorIsTheSameObjectForEveryAwaiter() {
        virtually(() -> {
            RuntimeException boom = new IllegalStateException("boom");
            Task<Void> task = createTask(async(() -> {
                throw boom;
            }));
            assertSame(boom, assertThrows(IllegalStateException.class, () -> await(task)));
            assertSame(boom, assertThrows(IllegalStateException.class, () -> await(task)));
            assertSame(boom, assertThrows(IllegalStateException.class, task::result));
            assertSame(boom, task.exception());
            assertEquals(new Outcome.Failure<>(boom), task.outcome());
        });
    }

    @Test
    void aCheckedExceptionIsWrappedOnceHoweverDeepItWasAwaited() {
        Exception checked = new java.io.IOException("checked");
        virtually(() -> {
            Coroutine<Void> body = async(() -> {
                throw checked;
            });
            Task<Void> task = createTask(async(() -> await(async(() -> await(body)))));
            CompletionException thrown = assertThrows(CompletionException.class, () -> await(task));
            assertSame(checked, thrown.getCause());
            assertSame(checked, task.exception());
        });
    }

    @Test
    void anUnfinishedTaskHasNoEnd() {
        virtually(() -> {
            Task<String> task = createTask(sleep(ms(1), "a"));
            assertThrows(InvalidStateException.class, task::result);
            assertThrows(InvalidStateException.class, task::exception);
            assertThrows(InvalidStateException.class, task::outcome);
            assertFalse(task.isDone());
            await(task);
            assertTrue(task.isDone());
            assertNull(task.exception());
            assertEquals("a", task.result());
        });
    }

    @Test
    void aCancelledTaskThrowsTheCancelForItsEnd() {
        virtually(() -> {
            Task<String> task = createTask(sleep(ms(1), "a"));
            task.cancel("gone");
            await(waitUntil(List.of(task)));
            assertEquals(
                    "gone", assertThrows(CancelledException.class, task::result).getMessage());
            assertThrows(CancelledException.class, task::exception);
            assertInstanceOf(Outcome.Cancelled.class, task.outcome());
        });
    }

    @Test
    void aBodyThatThrowsACancelItselfIsCancelled() {
        virtually(() -> {
            Task<String> task = createTask(async(() -> {
                throw new CancelledException("by hand");
            }));
            await(waitUntil(List.of(task)));
            assertTrue(task.isCancelled());
            assertEquals(0, task.cancelling());
        });
    }

    @Test
    void doneCallbacksRunInOrderNeverOnTheCallersStackAndOneThatThrowsStopsNoOther() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        List<Object> order = Collections.synchronizedList(new ArrayList<>());
        String log = Logged.by(() -> {
            Task<String> task = sleep(ms(5), "a").start();
            task.onDone(done -> {
                order.add(done.result());
                all.countDown();
            });
            task.onDone(done -> {
                throw new IllegalStateException("callback");
            });
            task.onDone(done -> {
                order.add(2);
                all.countDown();
            });
            task.join();
            Thread here = Thread.currentThread();
            task.onDone(done -> {
                order.add(Thread.currentThread() == here);
                all.countDown();
            });
            all.await();
        });
        assertEquals(List.of("a", 2, false), order);
        assertTrue(log.contains("A done-callback failed"), log);
    }

    @Test
    void namesAreGivenOrNumbered() {
        virtually(() -> {
            assertEquals("mine", createTask("mine", sleep(ms(1))).name());
            assertEquals("recipe", createTask(async("recipe", () -> 1)).name());
            assertTrue(createTask(async(() -> 1)).name().startsWith("Task-"));
            assertEquals("main", currentTask().name());
        });
    }

    @Test
    void allTasksAreThoseOfTheRunThatHaveNotEnded() {
        virtually(() -> {
            Task<String> done = createTask(sleep(ms(1), ""));
            Task<String> live = createTask(sleep(ms(100), ""));
            await(done);
            assertEquals(Set.of(currentTask(), live), allTasks());
        });
    }

    @Test
    void awaitOutsideOfABodyIsRefused() {
        assertThrows(IllegalStateException.class, () -> await(sleep(ms(1))));
        assertThrows(IllegalStateException.class, () -> await(new CompletableFuture<String>()));
    }

    @Test
    void aTaskStartedOutsideOfARunEndsOnItsOwnAndCanBeJoined() {
        Task<String> task = createTask(sleep(ms(5), "value"));
        assertEquals("value", task.join());
    }

    @Test
    void joinRethrowsWhatTheBodyThrew() {
        Task<String> task = createTask(async(() -> {
            throw new java.io.IOException("checked");
        }));
        assertInstanceOf(
                java.io.IOException.class,
                assertThrows(CompletionException.class, task::join).getCause());
        Task<?> sleeping = createTask(sleep(Duration.ofDays(1)));
        sleeping.cancel();
        assertThrows(CancelledException.class, sleeping::join);
    }

    @Test
    void aCancelEndsTasksThatAwaitEachOther() {
        virtually(() -> {
            List<Task<Object>> circle = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int next = (i + 1) % 3;
                circle.add(createTask(async(() -> {
                    await(sleep(ms(1)));
                    return await(circle.get(next));
                })));
            }
            await(sleep(ms(2)));
            assertTrue(circle.get(0).cancel("enough"));
            await(waitUntil(circle));
            assertTrue(circle.stream().allMatch(Task::isCancelled));
        });
    }

    /** A time limit by hand, as asyncio's tests have it: null if {@code work} was cancelled by it. */
    private static <T> T limited(long millis, Coroutine<T> work) {
        Task<?> task = currentTask();
        int before = task.cancelling();
        boolean[] expired = {false};
        Task<Void> timer = createTask(async(() -> {
            await(sleep(ms(millis)));
            expired[0] = true;
            task.cancel();
        }));
        try {
            return await(work);
        } catch (CancelledException cancelled) {
            if (expired[0] && task.uncancel() <= before) {
                return null;
            }
            throw cancelled;
        } finally {
            timer.cancel();
        }
    }

    @Test
    @DisplayName("51: nested blocks tell their own cancel from one that comes from outside")
    void structuredBlocks() {
        virtually(() -> {
            Task<String> task = createTask(async(() -> {
                assertNull(limited(20, async(() -> {
                    assertNull(limited(10, sleep(ms(1000), "inner")));
                    assertEquals(0, currentTask().cancelling());
                    return limited(1000, sleep(ms(1000), "outer"));
                })));
                assertEquals(20, now());
                return limited(1000, sleep(ms(1000), "outside"));
            }));
            await(sleep(ms(30)));
            task.cancel();
            assertThrows(CancelledException.class, () -> await(task));
            assertEquals(30, now());
            assertEquals(1, task.cancelling());
        });
    }

    @Test
    @DisplayName("56: a task may be awaited from any loop, also from another runner's")
    void ofAnotherRunner() {
        try (Runner one = Runner.builder().loops(1).build();
                Runner other = Runner.builder().loops(1).build()) {
            Task<String> task = one.start(sleep(ms(2), "value"));
            assertEquals("value", other.run(() -> await(task)));
            Task<String> never = one.start(sleep(ms(60_000), "never"));
            other.run(() -> {
                Task<String> waiting = createTask(async(() -> await(never)));
                await(sleep(ms(1)));
                waiting.cancel();
                await(waitUntil(List.of(waiting)));
            });
            assertThrows(CancelledException.class, never::join);
        }
    }
}
