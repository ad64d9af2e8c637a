package dev.jawait;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.fromFuture;
import static dev.jawait.Async.fromStage;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.subscribe;
import static dev.jawait.Async.use;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class InteropTest {
    @Test
    void aStageIsCombinedLikeAnyCoroutine() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        run(() -> {
            Task<List<Integer>> both = createTask(gather(fromStage(stage), sleep(ms(1), 2)));
            await(sleep(ms(5)));
            stage.complete(1);
            assertEquals(List.of(1, 2), await(both));
            assertEquals(1, await(fromFuture(stage)));
        });
    }

    @Test
    void cancellingTheWaiterCancelsTheStage() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        run(() -> {
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(1), fromStage(stage))));
        });
        assertTrue(stage.isCancelled());
    }

    @Test
    void aCancelledStageCancelsTheWaiter() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        stage.cancel(true);
        assertTrue(run(() -> {
            Task<Integer> task = createTask(fromStage(stage));
            assertThrows(CancelledException.class, () -> await(task));
            return task.isCancelled();
        }));
    }

    @Test
    void aFutureThatIsNoStageIsWaitedForOnAThread() {
        FutureTask<String> future = new FutureTask<>(() -> "done elsewhere");
        run(() -> {
            Task<String> waiting = createTask(fromFuture(future));
            future.run();
            assertEquals("done elsewhere", await(waiting));
        });
    }

    @Test
    void theErrorOfAFutureIsTheOriginal() {
        IOException disk = new IOException("disk");
        FutureTask<String> future = new FutureTask<>(() -> {
            throw disk;
        });
        future.run();
        run(() -> {
            Task<String> waiting = createTask(fromFuture(future));
            assertSame(
                    disk,
                    assertThrows(CompletionException.class, () -> await(waiting))
                            .getCause());
        });
    }

    @Test
    void cancellingTheWaiterCancelsTheFuture() {
        FutureTask<String> never = new FutureTask<>(() -> "never run");
        run(() -> {
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(20), fromFuture(never))));
        });
        assertTrue(never.isCancelled());
    }

    /** Sends what is demanded, on the thread that demands it, and counts. */
    private static final class Counting implements Flow.Publisher<Integer> {
        final AtomicLong requested = new AtomicLong();
        final AtomicBoolean cancelled = new AtomicBoolean();
        final int last;
        final Exception error;

        Counting(int last, Exception error) {
            this.last = last;
            this.error = error;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
            AtomicInteger next = new AtomicInteger();
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    requested.addAndGet(n);
                    for (long i = 0; i < n; i++) {
                        send();
                    }
                }

                private void send() {
                    int item = next.incrementAndGet();
                    if (item <= last) {
                        subscriber.onNext(item);
                    } else if (error == null) {
                        subscriber.onComplete();
                    } else {
                        subscriber.onError(error);
                    }
                }

                @Override
                public void cancel() {
                    cancelled.set(true);
                }
            });
        }
    }

    @Test
    void aPublisherIsLoopedOverAndAskedForNoMoreThanIsTaken() {
        Counting publisher = new Counting(1000, null);
        run(() -> {
            List<Integer> first = await(use(subscribe(publisher), items -> {
                List<Integer> taken = new ArrayList<>();
                for (int item : items) {
                    taken.add(item);
                    if (taken.size() == 3) {
                        break;
                    }
                }
                return taken;
            }));
            assertEquals(List.of(1, 2, 3), first);
        });
        assertEquals(3, publisher.requested.get());
        assertTrue(publisher.cancelled.get());
    }

    @Test
    void itsEndIsTheEndAndItsErrorIsThrown() {
        run(() -> {
            AtomicInteger sum = new AtomicInteger();
            await(use(subscribe(new Counting(4, null)), items -> {
                await(items.onEach(sum::addAndGet));
                assertNull(await(items.next()));
                return null;
            }));
            assertEquals(10, sum.get());
            IOException broken = new IOException("broken");
            assertSame(
                    broken,
                    assertThrows(
                                    CompletionException.class,
                                    () -> await(use(subscribe(new Counting(1, broken)), items -> {
                                        assertEquals(1, await(items.next()));
                                        return await(items.next());
                                    })))
                            .getCause());
        });
    }

    @Test
    void anItemWhoseWaiterIsCancelledIsTheNextOne() {
        SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
        run(() -> {
            await(use(subscribe(publisher), items -> {
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(5), items.next())));
                publisher.submit(1);
                publisher.submit(2);
                assertEquals(1, await(items.next()));
                assertEquals(2, await(items.next()));
                publisher.close();
                assertFalse(items.iterator().hasNext());
                return null;
            }));
        });
    }

    @Test
    void manyItemsOfAFastPublisherArriveInOrder() {
        int count = 20_000;
        SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
        run(() -> {
            await(use(subscribe(publisher), items -> {
                Task<?> sending = createTask(async(() -> {
                    for (int i = 0; i < count; i++) {
                        publisher.submit(i);
                    }
                    publisher.close();
                }));
                int expected = 0;
                for (int item : items) {
                    assertEquals(expected++, item);
                }
                assertEquals(count, expected);
                return await(sending);
            }));
        });
    }

    @Test
    void aSubscriberOfAsCompletedGetsAsMuchAsItDemands() throws Exception {
        List<Integer> got = new ArrayList<>();
        CountDownLatch completed = new CountDownLatch(1);
        AtomicLong demanded = new AtomicLong();
        AsCompleted<Integer> source = asCompleted(List.of(sleep(ms(1), 1), sleep(ms(2), 2), sleep(ms(3), 3)));
        source.subscribe(new Flow.Subscriber<>() {
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                this.subscription = subscription;
                more();
            }

            private void more() {
                demanded.incrementAndGet();
                subscription.request(1);
            }

            @Override
            public void onNext(Completed<Integer> item) {
                got.add(item.result());
                assertEquals(got.size(), demanded.get());
                more();
            }

            @Override
            public void onError(Throwable error) {
                throw new AssertionError(error);
            }

            @Override
            public void onComplete() {
                completed.countDown();
            }
        });
        completed.await();
        assertEquals(List.of(1, 2, 3), got);
    }

    @Test
    void cancellingASubscriptionEndsItsTask() throws Exception {
        CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        Task<Integer> slow = sleep(Duration.ofMinutes(1), 1).start();
        asCompleted(List.of(slow)).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
                subscribed.complete(subscription);
            }

            @Override
            public void onNext(Completed<Integer> item) {}

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        });
        subscribed.join().cancel();
        Waiting.until(
                "the end of the subscription",
                () -> Async.allTasks().stream().noneMatch(task -> task.name().contains("subscribe")));
        assertFalse(slow.isDone());
        slow.cancel();
    }

    @Test
    void theEndOfAProcessCanBeAwaited() {
        run(() -> {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(), "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertSame(process, await(withTimeout(Duration.ofSeconds(30), fromStage(process.onExit()))));
            assertEquals(0, process.exitValue());
        });
    }
}
