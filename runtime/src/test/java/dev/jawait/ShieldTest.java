package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.shield;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class ShieldTest {
    @RegisterExtension
    final Steps steps = new Steps();

    @Test
    @DisplayName("12, 14: cancelling the waiter of a shield leaves what it shields")
    void cancelOfTheWaiter() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(100), "inner"));
            Task<String> waiter = createTask(shield(inner));
            await(sleep(ms(1)));
            waiter.cancel("me only");
            assertEquals(
                    "me only",
                    assertThrows(CancelledException.class, () -> await(waiter)).getMessage());
            assertFalse(inner.isDone());
            assertEquals(0, inner.cancelling());
            assertEquals("inner", await(inner));
        });
    }

    @Test
    @DisplayName("13: cancelling what is shielded cancels the shield")
    void cancelOfTheInner() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(100), "inner"));
            Task<String> waiter = createTask(shield(inner));
            await(sleep(ms(1)));
            inner.cancel();
            assertThrows(CancelledException.class, () -> await(waiter));
            assertTrue(waiter.isCancelled());
        });
    }

    @Test
    @DisplayName("15: a shield of what has ended is its end")
    void ofADoneTask() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(1), "inner"));
            await(inner);
            assertEquals("inner", await(shield(inner)));
        });
    }

    @Test
    @DisplayName("16: a shielded gather survives")
    void ofAGather() {
        virtually(() -> {
            Task<List<Integer>> both = createTask(gather(sleep(ms(10), 1), sleep(ms(20), 2)));
            Task<List<Integer>> waiter = createTask(shield(both));
            await(sleep(ms(1)));
            waiter.cancel();
            assertThrows(CancelledException.class, () -> await(waiter));
            assertEquals(List.of(1, 2), await(both));
        });
    }

    @Test
    @DisplayName("18, 20: an error behind shields that were cancelled is logged, once")
    void abandonedError() {
        String log = Logged.by(() -> virtually(() -> {
            Task<String> inner = createTask("lonely", async(() -> {
                await(sleep(ms(100)));
                throw new IllegalStateException("boom");
            }));
            Task<String> one = createTask(shield(inner));
            Task<String> two = createTask(shield(inner));
            await(sleep(ms(1)));
            one.cancel();
            two.cancel();
            await(waitUntil(List.of(one, two, inner)));
        }));
        assertEquals(1, log.split("Task lonely failed after whoever awaited it", -1).length - 1, log);
    }

    @Test
    @DisplayName("19: a value behind a cancelled shield is not logged")
    void abandonedValue() {
        assertEquals(
                "",
                Logged.by(() -> virtually(() -> {
                    Task<String> inner = createTask(sleep(ms(100), "fine"));
                    Task<String> waiter = createTask(shield(inner));
                    await(sleep(ms(1)));
                    waiter.cancel();
                    await(inner);
                })));
    }

    @Test
    @DisplayName("94: a time limit around a shield passes, the shielded task goes on")
    void underATimeLimit() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(100), "inner"));
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), shield(inner))));
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(Duration.ZERO, shield(inner))));
            assertEquals(10, now());
            assertEquals("inner", await(inner));
        });
    }

    @Test
    void theRunsEndCancelsWhatIsShielded() {
        AtomicReference<Task<String>> inner = new AtomicReference<>();
        virtually(() -> {
            inner.set(createTask(sleep(ms(100), "inner")));
            Task<String> waiter = createTask(shield(inner.get()));
            await(sleep(ms(1)));
            waiter.cancel();
        });
        assertTrue(inner.get().isCancelled());
    }
}
