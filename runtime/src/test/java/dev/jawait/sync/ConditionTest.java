package dev.jawait.sync;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.use;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class ConditionTest {
    @RegisterExtension
    final Steps steps = new Steps();

    private final Condition condition = Condition.create();
    private final List<String> events = new ArrayList<>();

    /** Waits for a signal and says that it came. */
    private Task<Void> waiting(String name) {
        return createTask(use(condition, held -> {
            await(condition.waitFor());
            events.add(name);
            return null;
        }));
    }

    private void signal(int count) {
        await(use(condition, held -> {
            condition.signal(count);
            return null;
        }));
    }

    @Test
    void signalsReachThoseWhoWaitInTheirOrder() {
        virtually(() -> {
            List<Task<Void>> tasks = List.of(waiting("a"), waiting("b"), waiting("c"), waiting("d"));
            await(sleep(ms(1)));
            await(use(condition, held -> {
                condition.signal();
                await(sleep(ms(1)));
                assertEquals(List.of(), events, "The lock is held by whoever has signalled");
                return null;
            }));
            await(sleep(ms(1)));
            assertEquals(List.of("a"), events);
            signal(2);
            await(sleep(ms(1)));
            assertEquals(List.of("a", "b", "c"), events);
            signal(7);
            await(tasks.get(3));
            signal(1);
        });
    }

    @Test
    void signalAllReachesAll() {
        virtually(() -> {
            List<Task<Void>> tasks = List.of(waiting("a"), waiting("b"), waiting("c"));
            await(sleep(ms(1)));
            await(use(condition, held -> {
                condition.signalAll();
                return null;
            }));
            for (Task<Void> task : tasks) {
                await(task);
            }
            assertEquals(List.of("a", "b", "c"), events);
            assertFalse(condition.isLocked());
        });
    }

    @Test
    void whoDoesNotHoldTheLockIsRefused() {
        virtually(() -> {
            assertThrows(IllegalStateException.class, () -> await(condition.waitFor()));
            assertThrows(IllegalStateException.class, () -> await(condition.waitFor(() -> false)));
            assertThrows(IllegalStateException.class, condition::signal);
            assertThrows(IllegalStateException.class, condition::signalAll);
            assertEquals("Condition[Lock[1 free, 0 waiting], 0 waiting]", condition.toString());
        });
    }

    @Test
    void waitsForAPredicate() {
        virtually(() -> {
            AtomicInteger stock = new AtomicInteger();
            Task<Integer> buyer = createTask(use(condition, held -> {
                await(condition.waitFor(() -> stock.get() >= 3));
                return stock.get();
            }));
            await(sleep(ms(1)));
            for (int i = 0; i < 3; i++) {
                assertFalse(buyer.isDone());
                await(use(condition, held -> {
                    stock.incrementAndGet();
                    condition.signal();
                    return null;
                }));
                await(sleep(ms(1)));
            }
            assertEquals(3, await(buyer));
        });
    }

    @Test
    void aPredicateThatHoldsIsNotWaitedFor() {
        virtually(() -> await(condition.waitFor(() -> true)));
    }

    @Test
    void thePredicatesErrorLeavesWithTheLockHeld() {
        virtually(() -> {
            await(condition.acquire());
            RuntimeException boom = new IllegalArgumentException("boom");
            assertSame(
                    boom,
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> await(condition.waitFor(() -> {
                                throw boom;
                            }))));
            assertTrue(condition.isLocked());
            condition.release();
        });
    }

    @Test
    void sharesALock() {
        virtually(() -> {
            Lock lock = Lock.create();
            Condition full = Condition.create(lock);
            Condition empty = Condition.create(lock);
            await(full.acquire());
            assertTrue(empty.isLocked());
            assertFalse(empty.tryAcquire());
            empty.release();
            assertFalse(lock.isLocked());
        });
    }

    /** Waits until {@code done}, holds the lock then, and ends with the cancel that came instead. */
    private Coroutine<Void> keeping(AtomicReference<Throwable> raised, AtomicBoolean done) {
        return use(condition, held -> {
            CancelledException cancel =
                    assertThrows(CancelledException.class, () -> await(condition.waitFor(done::get)));
            assertTrue(condition.isLocked());
            raised.set(cancel);
            throw cancel;
        });
    }

    @Test
    @DisplayName("116: a cancel while waiting for the signal leaves, the same exception, with the lock held")
    void cancelledWhileWaiting() {
        virtually(() -> {
            AtomicReference<Throwable> raised = new AtomicReference<>();
            Task<Void> task = createTask(keeping(raised, new AtomicBoolean()));
            await(sleep(ms(1)));
            task.cancel("foo");
            CancelledException thrown = assertThrows(CancelledException.class, () -> await(task));
            assertEquals("foo", thrown.getMessage());
            assertSame(raised.get(), thrown);
            assertFalse(condition.isLocked());
        });
    }

    @Test
    @DisplayName("116: a cancel while waiting for the lock leaves, the same exception, with the lock held")
    void cancelledWhileReacquiring() {
        virtually(() -> {
            AtomicReference<Throwable> raised = new AtomicReference<>();
            AtomicBoolean done = new AtomicBoolean();
            Task<Void> task = createTask(keeping(raised, done));
            await(sleep(ms(1)));
            await(condition.acquire());
            done.set(true);
            condition.signal();
            await(sleep(ms(1)));
            task.cancel("foo");
            await(sleep(ms(1)));
            assertFalse(task.isDone(), "It wants the lock first");
            condition.release();
            CancelledException thrown = assertThrows(CancelledException.class, () -> await(task));
            assertEquals("foo", thrown.getMessage());
            assertSame(raised.get(), thrown);
        });
    }

    @Test
    @DisplayName("116: of several cancels the last one leaves, and the lock is held")
    void cancelledAgainWhileReacquiring() {
        virtually(() -> {
            AtomicReference<Throwable> raised = new AtomicReference<>();
            Task<Void> task = createTask(keeping(raised, new AtomicBoolean()));
            await(sleep(ms(1)));
            await(condition.acquire());
            for (String message : List.of("first", "second", "third")) {
                task.cancel(message);
                await(sleep(ms(1)));
                assertFalse(task.isDone());
            }
            condition.release();
            task.cancel("with the lock");
            assertEquals(
                    "with the lock",
                    assertThrows(CancelledException.class, () -> await(task)).getMessage());
            assertFalse(condition.isLocked());
        });
    }

    @Test
    @DisplayName("117: a cancel between the signal and the lock still cancels")
    void cancelledAfterTheSignal() {
        virtually(() -> {
            Task<Void> task = createTask(use(condition, held -> {
                steps.expect(1);
                await(condition.waitFor());
                steps.unreached();
                return null;
            }));
            await(sleep(ms(1)));
            await(condition.acquire());
            condition.signal();
            task.cancel();
            condition.release();
            assertThrows(CancelledException.class, () -> await(task));
            assertFalse(condition.isLocked());
            steps.finish(2);
        });
    }

    /** Takes one of {@code stock} whenever there is one, until it is below zero. */
    private Coroutine<Void> consuming(AtomicInteger stock) {
        return use(condition, held -> {
            while (true) {
                await(condition.waitFor(() -> stock.get() != 0));
                if (stock.get() < 0) {
                    return null;
                }
                stock.decrementAndGet();
                condition.signalAll();
            }
        });
    }

    @Test
    @DisplayName("118: a signal whose receiver is cancelled at that moment goes to the next")
    void signalOfACancelledReceiver() {
        virtually(() -> {
            AtomicInteger stock = new AtomicInteger();
            Task<Void> cancelled = createTask(consuming(stock));
            Task<Void> other = createTask(consuming(stock));
            await(sleep(ms(1)));
            await(use(condition, held -> {
                stock.set(1);
                condition.signal();
                cancelled.cancel();
                return await(condition.waitFor(() -> stock.get() == 0));
            }));
            endConsuming(stock, cancelled, other);
        });
    }

    @Test
    @DisplayName("118: a signal whose receiver is cancelled while it waits for the lock goes to the next")
    void signalOfAReceiverThatIsCancelledLater() {
        virtually(() -> {
            AtomicInteger stock = new AtomicInteger();
            Task<Void> cancelled = createTask(consuming(stock));
            Task<Void> other = createTask(consuming(stock));
            await(sleep(ms(1)));
            await(use(condition, held -> {
                stock.set(1);
                condition.signal();
                await(sleep(ms(1)));
                cancelled.cancel();
                return await(condition.waitFor(() -> stock.get() == 0));
            }));
            endConsuming(stock, cancelled, other);
        });
    }

    private void endConsuming(AtomicInteger stock, Task<Void> cancelled, Task<Void> other) {
        assertTrue(cancelled.isCancelled());
        stock.set(-1);
        await(use(condition, held -> {
            condition.signalAll();
            return null;
        }));
        await(other);
    }

    @Test
    void aCancelThatHadNoSignalPassesNoneOn() {
        virtually(() -> {
            Task<Void> cancelled = waiting("cancelled");
            Task<Void> other = waiting("other");
            await(sleep(ms(1)));
            cancelled.cancel();
            await(sleep(ms(1)));
            assertTrue(cancelled.isCancelled());
            assertFalse(other.isDone());
            signal(1);
            await(other);
            assertEquals(List.of("other"), events);
        });
    }

    @Test
    void theBodyOfAJavaTaskMayWaitForAnotherThread() throws Exception {
        AtomicBoolean ready = new AtomicBoolean();
        var waiting =
                use(condition, held -> await(condition.waitFor(ready::get))).toFuture();
        var signalling = async(() -> {
                    ready.set(true);
                    await(use(condition, held -> {
                        condition.signalAll();
                        return null;
                    }));
                })
                .toFuture();
        signalling.get();
        waiting.get();
    }
}
