package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.sync.Event;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class RunnerTest {
    @RegisterExtension
    final Steps steps = new Steps();

    @Test
    @DisplayName("130: at the end of a run what is left is cancelled and waited for; the result stays")
    void leftovers() {
        AtomicReference<Task<Void>> left = new AtomicReference<>();
        assertEquals("result", virtually(() -> {
            left.set(createTask(async(() -> {
                try {
                    await(sleep(ms(1000)));
                } finally {
                    await(sleep(ms(10)));
                    steps.expect(1);
                }
            })));
            await(sleep(ms(1)));
            return "result";
        }));
        steps.finish(2);
        assertTrue(left.get().isCancelled());
    }

    @Test
    @DisplayName("130: errors of what is left are reported")
    void errorsOfLeftovers() {
        String log = Logged.by(() -> virtually(() -> {
            createTask("left", async(() -> {
                try {
                    await(sleep(ms(1000)));
                } finally {
                    throwIt();
                }
            }));
            await(sleep(ms(1)));
        }));
        assertTrue(log.contains("Task left failed while its run was ending"), log);
    }

    private static void throwIt() {
        throw new IllegalStateException("boom");
    }

    @Test
    void whatLeftoversStartWhileTheyEndIsCancelledToo() {
        AtomicReference<Task<?>> late = new AtomicReference<>();
        run(() -> {
            Event begun = Event.create();
            createTask(async(() -> {
                try {
                    begun.set();
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    late.set(createTask(sleep(Duration.ofDays(1))));
                }
            }));
            await(begun.waitFor());
        });
        assertTrue(late.get().isCancelled());
    }

    @Test
    @DisplayName("131: a closed runner refuses; closing again does nothing")
    void closed() {
        Runner runner = Runner.confined();
        runner.close();
        runner.close();
        assertThrows(IllegalStateException.class, () -> runner.run(() -> 1));
        assertThrows(IllegalStateException.class, () -> runner.start(sleep(ms(1))));
    }

    @Test
    @DisplayName("131: run inside of a task is refused")
    void runInside() {
        virtually(() -> {
            assertThrows(IllegalStateException.class, () -> run(() -> 1));
        });
    }

    @Test
    void aRunnerCannotBeClosedFromWithin() {
        try (Runner runner = Runner.confined()) {
            runner.run(() -> assertThrows(IllegalStateException.class, runner::close));
        }
    }

    @Test
    void closeCancelsWhatWasStartedAndLetsItGatherInItsCleanup() {
        AtomicReference<List<Integer>> cleaned = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Task<Void> task;
        try (Runner runner = Runner.builder().loops(2).build()) {
            task = runner.start(async(() -> {
                try {
                    started.countDown();
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    currentTask().uncancel();
                    cleaned.set(await(gather(sleep(ms(1), 1), async(() -> 2))));
                }
            }));
            started.await();
        } catch (InterruptedException error) {
            throw new AssertionError(error);
        }
        assertTrue(task.isCancelled());
        assertEquals(List.of(1, 2), cleaned.get());
    }

    @Test
    void aCallbackThatComesAfterTheCloseStillRuns() throws Exception {
        Task<String> task;
        try (Runner runner = Runner.confined()) {
            task = runner.start(sleep(ms(1), "value"));
            task.join();
        }
        CountDownLatch called = new CountDownLatch(1);
        task.onDone(done -> called.countDown());
        called.await();
        assertEquals("value", task.toFuture().get());
    }

    @Test
    void aRunnerMayRunManyTimes() {
        try (Runner runner = Runner.builder().loops(1).build()) {
            assertEquals(1, runner.run(() -> await(sleep(ms(1), 1))));
            assertEquals(2, runner.run(async(() -> await(sleep(ms(1), 2)))));
            assertEquals(3, runner.start(sleep(ms(1), 3)).join());
            assertEquals(Set.of(), runner.allTasks());
        }
    }

    @Test
    void inAConfinedRunnerBodiesNeedNoLocks() {
        int[] count = {0};
        try (Runner runner = Runner.confined()) {
            runner.run(async(() -> {
                Coroutine<Void> counting = async(() -> {
                    for (int i = 0; i < 100; i++) {
                        int before = count[0];
                        Thread.yield();
                        count[0] = before + 1;
                        await(sleep(Duration.ZERO));
                    }
                });
                await(gather(Stream.generate(() -> async(() -> await(counting)))
                        .limit(20)
                        .toList()));
            }));
        }
        assertEquals(2000, count[0]);
    }

    @Test
    void bodiesOfTheSharedRunnerRunAtTheSameTime() {
        run(() -> {
            CyclicBarrier both = new CyclicBarrier(2);
            await(gather(async(() -> both.await()), async(() -> both.await())));
        });
    }

    @Test
    void underVirtualTimeYearsPassAtOnce() {
        virtually(() -> {
            await(sleep(Duration.ofDays(3650)));
            assertEquals(Duration.ofDays(3650).toMillis(), now());
        });
    }

    @Test
    void runRethrowsWhatTheBodyThrew() {
        RuntimeException boom = new IllegalStateException("boom");
        assertSame(
                boom,
                assertThrows(
                        IllegalStateException.class,
                        () -> run(() -> {
                            if (true) throw boom;
                        })));
        assertInstanceOf(
                TimeoutException.class,
                assertThrows(
                                CompletionException.class,
                                () -> run(() -> {
                                    if (true) throw new TimeoutException();
                                }))
                        .getCause());
    }

    @Test
    void runOfACancelledBodyThrowsTheCancel() {
        assertThrows(
                CancelledException.class,
                () -> run(() -> {
                    currentTask().cancel();
                    await(sleep(Duration.ofDays(1)));
                }));
    }

    @Test
    void aForeignCoroutineIsRefused() {
        Coroutine<String> foreign = new Coroutine<>() {
            @Override
            public String name() {
                return "foreign";
            }

            @Override
            public Task<String> start() {
                throw new UnsupportedOperationException();
            }

            @Override
            public CompletableFuture<String> toFuture() {
                throw new UnsupportedOperationException();
            }
        };
        assertThrows(IllegalArgumentException.class, () -> run(() -> await(foreign)));
        assertThrows(IllegalArgumentException.class, () -> createTask(foreign));
    }

    @Test
    @DisplayName("join() in a body of a confined runner is refused: it would never return")
    void joinInAConfinedBody() {
        try (Runner runner = Runner.confined()) {
            runner.run(() -> {
                Task<Integer> task = createTask(sleep(Duration.ofMillis(1), 1));
                assertThrows(IllegalStateException.class, task::join);
                await(task);
            });
        }
    }
}
