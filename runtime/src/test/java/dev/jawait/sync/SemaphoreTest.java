package dev.jawait.sync;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.use;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class SemaphoreTest {
    private final List<String> events = new ArrayList<>();

    private Task<Void> acquiring(Semaphore semaphore, String name) {
        return createTask(async(() -> {
            await(semaphore.acquire());
            events.add(name);
        }));
    }

    private List<Task<Void>> fourWaiting(Semaphore semaphore) {
        List<Task<Void>> tasks = Stream.of("a", "b", "c", "d")
                .map(name -> acquiring(semaphore, name))
                .toList();
        await(sleep(ms(1)));
        return tasks;
    }

    private void released(Semaphore semaphore) {
        semaphore.release();
        await(sleep(ms(1)));
    }

    @Test
    void hasItsPermits() {
        virtually(() -> {
            Semaphore semaphore = Semaphore.create(2);
            assertFalse(semaphore.isLocked());
            await(semaphore.acquire());
            assertTrue(semaphore.tryAcquire());
            assertTrue(semaphore.isLocked());
            assertFalse(semaphore.tryAcquire());
            semaphore.release();
            assertFalse(semaphore.isLocked());
        });
    }

    @Test
    void mayGetMorePermitsThanAtFirst() {
        Semaphore semaphore = Semaphore.create(0);
        assertTrue(semaphore.isLocked());
        semaphore.release();
        semaphore.release();
        assertTrue(semaphore.tryAcquire());
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
    }

    @Test
    void fewerThanNoPermitsAreRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Semaphore.create(-1))
                .getMessage()
                .contains("-1"));
        assertThrows(IllegalArgumentException.class, () -> BoundedSemaphore.create(-1));
    }

    @Test
    void limitsHowManyRunAtOnce() {
        virtually(() -> {
            Semaphore semaphore = Semaphore.create(3);
            List<Coroutine<Void>> work = IntStream.range(0, 7)
                    .<Coroutine<Void>>mapToObj(i -> use(semaphore, permit -> await(sleep(ms(10)))))
                    .toList();
            await(gather(work));
            assertEquals(30, now());
            assertEquals("Semaphore[3 free, 0 waiting]", semaphore.toString());
        });
    }

    @Test
    @DisplayName("119: two waiters are cancelled, one permit comes: exactly the third has it")
    void cancelledBeforeTheRelease() {
        virtually(() -> {
            Semaphore semaphore = Semaphore.create(0);
            List<Task<Void>> tasks = fourWaiting(semaphore);
            tasks.get(0).cancel();
            tasks.get(1).cancel();
            released(semaphore);
            assertEquals(List.of("c"), events);
            assertEquals("Semaphore[0 free, 1 waiting]", semaphore.toString());
            released(semaphore);
            await(tasks.get(3));
        });
    }

    @Test
    @DisplayName("120: who releases and acquires again waits behind the others")
    void noOvertaking() {
        virtually(() -> {
            Semaphore semaphore = Semaphore.create(1);
            Coroutine<Void> twice = async(() -> {
                for (int i = 0; i < 2; i++) {
                    await(semaphore.acquire());
                    events.add(currentTask().name());
                    await(sleep(ms(1)));
                    semaphore.release();
                }
            });
            await(gather(createTask("a", twice), createTask("b", twice), createTask("c", twice)));
            assertEquals(List.of("a", "b", "c", "a", "b", "c"), events);
        });
    }

    @Test
    @DisplayName("120: of two that are called up one is cancelled: the next in line has its permit, nobody else")
    void orderIsKeptAcrossACancelAfterTheRelease() {
        virtually(() -> {
            Semaphore semaphore = Semaphore.create(0);
            List<Task<Void>> tasks = fourWaiting(semaphore);
            semaphore.release();
            semaphore.release();
            tasks.get(0).cancel();
            assertFalse(semaphore.tryAcquire());
            Task<Void> late = acquiring(semaphore, "late");
            await(sleep(ms(1)));
            assertEquals(List.of("b", "c"), events);
            released(semaphore);
            released(semaphore);
            assertEquals(List.of("b", "c", "d", "late"), events);
            await(late);
            assertTrue(semaphore.isLocked());
        });
    }

    @Test
    @DisplayName("120: the last in line is cancelled as it is called up: its permit is kept for later")
    void cancelOfTheLast() {
        virtually(() -> {
            Semaphore semaphore = Semaphore.create(0);
            Task<Void> only = acquiring(semaphore, "only");
            await(sleep(ms(1)));
            semaphore.release();
            only.cancel();
            await(sleep(ms(1)));
            assertTrue(only.isCancelled());
            assertTrue(semaphore.tryAcquire());
            assertFalse(semaphore.tryAcquire());
        });
    }

    @Test
    @DisplayName("121: a bounded semaphore takes no more than it had")
    void overRelease() {
        virtually(() -> {
            BoundedSemaphore semaphore = BoundedSemaphore.create(2);
            assertThrows(IllegalStateException.class, semaphore::release);
            await(semaphore.acquire());
            semaphore.release();
            assertTrue(assertThrows(IllegalStateException.class, semaphore::release)
                    .getMessage()
                    .contains("all of its 2 permits"));
            assertTrue(semaphore.tryAcquire());
            assertTrue(semaphore.tryAcquire());
            assertFalse(semaphore.tryAcquire());
        });
    }

    @Test
    @DisplayName("121: a bounded semaphore hands its permit on, and back where a waiter is cancelled as it gets it")
    void boundedHandsOn() {
        virtually(() -> {
            BoundedSemaphore semaphore = BoundedSemaphore.create(1);
            await(semaphore.acquire());
            Task<Void> cancelled = acquiring(semaphore, "cancelled");
            await(sleep(ms(1)));
            semaphore.release();
            cancelled.cancel();
            await(sleep(ms(1)));
            assertFalse(semaphore.isLocked());
            assertThrows(IllegalStateException.class, semaphore::release);
        });
    }
}
