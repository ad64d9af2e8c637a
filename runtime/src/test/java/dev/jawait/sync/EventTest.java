package dev.jawait.sync;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class EventTest {
    private final Event event = Event.create();

    @Test
    void whoWaitsGoesOnOnceItIsSet() {
        virtually(() -> {
            List<Integer> passed = new ArrayList<>();
            List<Coroutine<Void>> waiters = IntStream.range(0, 3)
                    .mapToObj(i -> async(() -> {
                        await(event.waitFor());
                        passed.add(i);
                    }))
                    .toList();
            Task<List<Void>> all = createTask(gather(waiters));
            await(sleep(ms(10)));
            assertEquals(List.of(), passed);
            event.set();
            await(all);
            assertEquals(List.of(0, 1, 2), passed);
            assertEquals(10, now());
        });
    }

    @Test
    void oneThatIsSetIsNotWaitedFor() {
        virtually(() -> {
            event.set();
            event.set();
            assertTrue(event.isSet());
            Task<Void> other = createTask(sleep(ms(0)));
            await(event.waitFor());
            assertFalse(other.isDone(), "Nobody else had a turn");
            await(other);
        });
    }

    @Test
    void setAndClearAtOnceLetsThoseGoWhoWait() {
        virtually(() -> {
            Task<Void> before = createTask(event.waitFor());
            await(sleep(ms(1)));
            event.set();
            event.clear();
            assertFalse(event.isSet());
            Task<Void> after = createTask(event.waitFor());
            await(before);
            await(sleep(ms(1)));
            assertFalse(after.isDone());
            event.set();
            await(after);
        });
    }

    @Test
    void aCancelledWaiterIsNotKept() {
        virtually(() -> {
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(1), event.waitFor())));
            assertEquals("Event[not set, 0 waiting]", event.toString());
            Task<Void> late = createTask(event.waitFor());
            await(sleep(ms(1)));
            event.set();
            late.cancel();
            await(sleep(ms(1)));
            assertTrue(late.isCancelled());
            assertTrue(event.isSet());
        });
    }

    @Test
    void worksThroughFuturesAndFromAnyThread() throws Exception {
        CompletableFuture<Void> set = event.waitFor().toFuture();
        assertFalse(set.isDone());
        event.set();
        set.get();
    }
}
