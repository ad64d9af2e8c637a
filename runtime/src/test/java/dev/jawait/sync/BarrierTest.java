package dev.jawait.sync;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
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

import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class BarrierTest {
    private final Barrier barrier = Barrier.create(3);

    /** That many tasks that wait at the barrier. */
    private List<Task<Integer>> waiting(int count) {
        List<Task<Integer>> tasks = Stream.generate(() -> createTask(barrier.waitFor()))
                .limit(count)
                .toList();
        await(sleep(ms(1)));
        return tasks;
    }

    private static void assertBroken(List<Task<Integer>> tasks) {
        tasks.forEach(task -> assertThrows(BarrierBrokenException.class, () -> await(task)));
    }

    @Test
    void allGoOnWhenTheLastIsThere() {
        virtually(() -> {
            assertEquals(3, barrier.parties());
            List<Coroutine<Integer>> arrivals = IntStream.of(20, 10, 30)
                    .mapToObj(millis -> async(() -> {
                        await(sleep(ms(millis)));
                        int index = await(barrier.waitFor());
                        assertEquals(30, now());
                        return index;
                    }))
                    .toList();
            assertEquals(List.of(1, 0, 2), await(gather(arrivals)));
        });
    }

    @Test
    void takesTheNextOnesAtOnce() {
        virtually(() -> {
            for (int round = 0; round < 3; round++) {
                List<Task<Integer>> tasks = waiting(2);
                assertEquals(2, barrier.waiting());
                assertEquals(2, await(barrier.waitFor()));
                assertEquals(0, barrier.waiting());
                assertEquals(List.of(0, 1), await(gather(tasks)));
            }
        });
    }

    @Test
    void ofMoreThanItsPartiesTheRestWaits() {
        virtually(() -> {
            List<Task<Integer>> tasks = waiting(5);
            assertEquals(2, barrier.waiting());
            assertEquals(List.of(0, 1, 2), await(gather(tasks.subList(0, 3))));
            await(barrier.waitFor());
            assertEquals(List.of(0, 1), await(gather(tasks.subList(3, 5))));
        });
    }

    @Test
    void onePartyNeverWaits() {
        virtually(() -> assertEquals(0, await(Barrier.create(1).waitFor())));
    }

    @Test
    void fewerThanOnePartyAreRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Barrier.create(0))
                .getMessage()
                .contains("0"));
    }

    @Test
    @DisplayName("122: a cancelled waiter leaves, and one who comes in its place completes the others")
    void cancelledWaiter() {
        virtually(() -> {
            List<Task<Integer>> tasks = waiting(2);
            tasks.get(0).cancel();
            await(sleep(ms(1)));
            assertEquals(1, barrier.waiting());
            assertFalse(barrier.isBroken());
            List<Task<Integer>> others = waiting(1);
            assertEquals(2, await(barrier.waitFor()));
            assertEquals(0, await(tasks.get(1)));
            assertEquals(1, await(others.get(0)));
            assertThrows(CancelledException.class, () -> await(tasks.get(0)));
        });
    }

    @Test
    @DisplayName("122: who is cancelled as the last one comes counts, for the others")
    void cancelledAsTheLastOneComes() {
        virtually(() -> {
            List<Task<Integer>> tasks = waiting(2);
            await(barrier.waitFor());
            tasks.get(0).cancel();
            assertEquals(1, await(tasks.get(1)));
            assertTrue(tasks.get(0).isCancelled());
            assertEquals(0, barrier.waiting());
        });
    }

    @Test
    @DisplayName("123: a reset fails those who wait, and the barrier can be used")
    void reset() {
        virtually(() -> {
            List<Task<Integer>> tasks = waiting(2);
            barrier.reset();
            assertFalse(barrier.isBroken());
            assertEquals(0, barrier.waiting());
            assertBroken(tasks);
            List<Task<Integer>> others = waiting(2);
            assertEquals(2, await(barrier.waitFor()));
            await(gather(others));
        });
    }

    @Test
    @DisplayName("123: an abort fails those who wait and who come, until a reset")
    void abort() {
        virtually(() -> {
            List<Task<Integer>> tasks = waiting(2);
            barrier.abort();
            assertTrue(barrier.isBroken());
            assertEquals(0, barrier.waiting());
            assertBroken(tasks);
            assertThrows(BarrierBrokenException.class, () -> await(barrier.waitFor()));
            barrier.reset();
            assertFalse(barrier.isBroken());
            List<Task<Integer>> others = waiting(2);
            await(barrier.waitFor());
            await(gather(others));
        });
    }

    @Test
    void onceTheLastOneHasComeAllPass() {
        virtually(() -> {
            List<Task<Integer>> tasks = waiting(2);
            await(barrier.waitFor());
            barrier.abort();
            assertEquals(List.of(0, 1), await(gather(tasks)));
            assertTrue(barrier.isBroken());
        });
    }

    @Test
    void asAResourceItGivesTheIndex() {
        virtually(() -> {
            List<Task<Integer>> tasks = waiting(2);
            assertEquals("index 2", await(use(barrier, index -> "index " + index)));
            await(gather(tasks));
            assertEquals("Barrier[0 of 3 waiting]", barrier.toString());
        });
    }
}
