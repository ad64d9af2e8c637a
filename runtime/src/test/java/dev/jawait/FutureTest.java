package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.sync.Event;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class FutureTest {
    @RegisterExtension
    final Steps steps = new Steps();

    /** A coroutine that counts down when it has cleaned up. */
    private static Coroutine<String> cleaning(CountDownLatch started, CountDownLatch cleaned) {
        return async(() -> {
            try {
                started.countDown();
                return await(sleep(Duration.ofDays(1), "never"));
            } finally {
                cleaned.countDown();
            }
        });
    }

    @Test
    void aFutureHasTheValue() throws Exception {
        assertEquals("value", sleep(ms(1), "value").toFuture().get());
        assertEquals(
                List.of(1, 2),
                gather(sleep(ms(2), 1), sleep(ms(1), 2)).toFuture().join());
    }

    @Test
    void aFutureHasTheTasksOwnExceptionUnwrapped() {
        Exception checked = new java.io.IOException("checked");
        CompletableFuture<Void> future = Async.async(() -> {
                    if (true) throw checked;
                })
                .toFuture()
                .thenApply(nothing -> null);
        assertSame(checked, assertThrows(ExecutionException.class, future::get).getCause());
    }

    @Test
    @DisplayName("66: cancelling the future cancels the work")
    void cancelOfTheFuture() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cleaned = new CountDownLatch(1);
        CompletableFuture<String> future = cleaning(started, cleaned).toFuture();
        started.await();
        assertTrue(future.cancel(true));
        cleaned.await();
        assertTrue(future.isCancelled());
    }

    @Test
    @DisplayName("65: a future's own time limit cancels the work")
    void orTimeout() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cleaned = new CountDownLatch(1);
        CompletableFuture<String> future = cleaning(started, cleaned).toFuture().orTimeout(20, TimeUnit.MILLISECONDS);
        assertInstanceOf(
                TimeoutException.class,
                assertThrows(ExecutionException.class, future::get).getCause());
        cleaned.await();
    }

    @Test
    void completingTheFutureByHandCancelsTheWork() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cleaned = new CountDownLatch(1);
        CompletableFuture<String> future = cleaning(started, cleaned).toFuture();
        started.await();
        future.complete("other");
        cleaned.await();
        assertEquals("other", future.get());
    }

    @Test
    void aCancelledTaskCancelsTheFuture() {
        Task<?> task = createTask(sleep(Duration.ofDays(1)));
        CompletableFuture<?> future = task.toFuture();
        task.cancel("gone");
        assertEquals("gone", future.handle((value, error) -> error.getMessage()).join());
        assertTrue(future.isCancelled());
    }

    @Test
    void dependentsMayBlock() throws Exception {
        Task<String> other = createTask(sleep(ms(10), "other"));
        assertEquals(
                "other",
                sleep(ms(1)).toFuture().thenApply(nothing -> other.join()).get());
    }

    @Test
    void dependentsMayWaitForEachOther() {
        CyclicBarrier all = new CyclicBarrier(50);
        Event goOn = Event.create();
        List<CompletableFuture<Void>> futures = Stream.generate(goOn::waitFor)
                .limit(50)
                .map(waits -> waits.toFuture().thenRun(() -> awaitQuietly(all)))
                .toList();
        goOn.set();
        futures.forEach(CompletableFuture::join);
    }

    private static void awaitQuietly(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStageIsAwaited() {
        run(() -> {
            assertEquals("value", await(CompletableFuture.completedFuture("value")));
            CompletableFuture<String> later = new CompletableFuture<>();
            later.completeOnTimeout("later", 5, TimeUnit.MILLISECONDS);
            assertEquals("later", await(later.thenApply(value -> value)));
        });
    }

    @Test
    void aStagesErrorComesUnwrappedIfUncheckedElseWrappedOnce() {
        run(() -> {
            RuntimeException boom = new IllegalStateException("boom");
            CompletableFuture<String> failed = new CompletableFuture<>();
            failed.completeExceptionally(boom);
            assertSame(boom, assertThrows(IllegalStateException.class, () -> await(failed.thenApply(value -> value))));
            Exception checked = new java.io.IOException("checked");
            CompletableFuture<String> broken = CompletableFuture.failedFuture(checked);
            assertSame(
                    checked,
                    assertThrows(CompletionException.class, () -> await(broken)).getCause());
        });
    }

    @Test
    void cancellingTheTaskCancelsTheStagesFuture() {
        virtually(() -> {
            CompletableFuture<String> never = new CompletableFuture<>();
            Task<String> task = createTask(async(() -> await(never)));
            await(sleep(ms(1)));
            task.cancel("my message");
            assertThrows(CancelledException.class, () -> await(task));
            assertTrue(never.isCancelled());
        });
    }

    @Test
    void aCancelledStageCancelsWhoAwaitsIt() {
        virtually(() -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            Task<String> task = createTask(async(() -> await(stage)));
            await(sleep(ms(1)));
            stage.cancel(true);
            await(waitUntil(List.of(task)));
            assertTrue(task.isCancelled());
        });
    }

    @Test
    void aStageUnderATimeLimit() {
        virtually(() -> {
            CompletableFuture<String> never = new CompletableFuture<>();
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), () -> await(never))));
            assertTrue(never.isCancelled());
        });
    }
}
