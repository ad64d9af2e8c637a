package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.testing.VirtualTime.ms;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class InterruptTest {
    @RegisterExtension
    final Steps steps = new Steps();

    @Test
    void aBodyThatBlocksOutsideOfAnAwaitIsInterruptedByTheCancel() {
        run(() -> {
            CountDownLatch started = new CountDownLatch(1);
            Task<Void> task = createTask(async(() -> {
                started.countDown();
                new CountDownLatch(1).await();
            }));
            await(async(() -> started.await()));
            task.cancel("stop");
            assertEquals(
                    "stop",
                    assertThrows(CancelledException.class, () -> await(task)).getMessage());
            assertTrue(task.isCancelled());
        });
    }

    @Test
    void aBodyThatTakesTheInterruptHasTakenTheCancel() {
        run(() -> {
            CountDownLatch started = new CountDownLatch(1);
            Task<String> task = createTask(async(() -> {
                try {
                    started.countDown();
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    steps.expect(1);
                }
                return await(sleep(ms(1), "went on"));
            }));
            await(async(() -> started.await()));
            task.cancel();
            assertEquals("went on", await(task));
            assertEquals(1, task.cancelling());
            steps.finish(2);
        });
    }

    @Test
    void aBodyThatComputesMeetsTheCancelAtItsNextAwaitWithoutAStrayInterrupt() {
        run(() -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            CountDownLatch started = new CountDownLatch(1);
            Task<Void> task = createTask(async(() -> {
                started.countDown();
                while (cancelled.getCount() > 0) {
                    Thread.onSpinWait();
                }
                assertThrows(CancelledException.class, () -> await(sleep(Duration.ofDays(1))));
                assertFalse(Thread.currentThread().isInterrupted());
                steps.expect(1);
            }));
            await(async(() -> started.await()));
            task.cancel();
            cancelled.countDown();
            await(task);
            steps.finish(2);
        });
    }

    @Test
    void interruptingTheThreadOfRunCancelsTheMainTask() {
        Thread here = Thread.currentThread();
        CancelledException thrown = assertThrows(
                CancelledException.class,
                () -> run(() -> {
                    createTask(async(() -> here.interrupt()));
                    await(sleep(Duration.ofDays(1)));
                }));
        assertEquals("The thread was interrupted", thrown.getMessage());
        assertFalse(Thread.interrupted());
    }

    @Test
    void interruptingTheThreadOfRunWhileItEndsWaitsForTheRestAndStays() {
        Thread here = Thread.currentThread();
        assertEquals("result", run(() -> {
            createTask(async(() -> {
                try {
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    here.interrupt();
                    await(sleep(ms(20)));
                    steps.expect(1);
                }
            }));
            await(sleep(ms(5)));
            return "result";
        }));
        steps.finish(2);
        assertTrue(Thread.interrupted());
    }

    @Test
    void aCancelWhileTheBodyYieldsCountsOnce() {
        try (Runner runner = Runner.confined()) {
            runner.run(async(() -> {
                Task<Integer> task = createTask(async(() -> {
                    try {
                        await(sleep(Duration.ZERO));
                        return -1;
                    } catch (CancelledException cancelled) {
                        return currentTask().cancelling();
                    }
                }));
                createTask(async(() -> {
                    task.cancel();
                    // The turn is kept for a while: the other thread has to wait for its own.
                    new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
                }));
                assertEquals(1, await(task));
            }));
        }
    }

    @Test
    void aTurnIsAwaitedThroughAnInterruptWhichThenCancels() {
        try (Runner runner = Runner.confined()) {
            CountDownLatch hasTurn = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Task<?> holder = runner.start(async(() -> {
                hasTurn.countDown();
                release.await();
            }));
            assertDoesNotThrow(() -> hasTurn.await());
            Thread.currentThread().interrupt();
            createTask(async(() -> release.countDown()));
            assertThrows(CancelledException.class, () -> runner.run(() -> await(sleep(Duration.ofDays(1)))));
            holder.cancel();
            assertFalse(Thread.interrupted());
        }
    }

    @Test
    void anInterruptedJoinThrowsTheCancelAndLeavesTheTask() {
        Task<String> task = createTask(sleep(ms(20), "value"));
        Thread.currentThread().interrupt();
        assertThrows(CancelledException.class, task::join);
        assertTrue(Thread.interrupted());
        assertEquals("value", task.join());
    }
}
