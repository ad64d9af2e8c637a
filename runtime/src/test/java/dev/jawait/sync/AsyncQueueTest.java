package dev.jawait.sync;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class AsyncQueueTest {
    private static <T> List<T> drained(AsyncQueue<T> queue) {
        List<T> items = new ArrayList<>();
        while (!queue.isEmpty()) {
            items.add(queue.getNowait());
        }
        return items;
    }

    private static <T> List<Task<T>> getting(AsyncQueue<T> queue, int count) {
        List<Task<T>> tasks =
                Stream.generate(() -> createTask(queue.get())).limit(count).toList();
        await(sleep(ms(1)));
        return tasks;
    }

    private static <T> List<Task<Void>> putting(AsyncQueue<T> queue, List<T> items) {
        List<Task<Void>> tasks =
                items.stream().map(item -> createTask(queue.put(item))).toList();
        await(sleep(ms(1)));
        return tasks;
    }

    @Test
    void givesItemsInTheOrderTheyWerePut() {
        virtually(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.create();
            assertTrue(queue.isEmpty());
            for (int i = 0; i < 3; i++) {
                await(queue.put(i));
            }
            assertEquals(3, queue.size());
            assertFalse(queue.isFull());
            assertEquals(0, queue.maxSize());
            assertEquals(0, await(queue.get()));
            assertEquals(List.of(1, 2), drained(queue));
        });
    }

    @Test
    void keepsNullAsAnItem() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create();
            queue.putNowait(null);
            assertEquals(1, queue.size());
            assertNull(await(queue.get()));
        });
    }

    @Test
    void withoutWaitingFullAndEmptyAreErrors() {
        AsyncQueue<String> queue = AsyncQueue.create(1);
        assertTrue(assertThrows(QueueEmptyException.class, queue::getNowait)
                .getMessage()
                .contains("0 of 1 items"));
        queue.putNowait("a");
        assertTrue(queue.isFull());
        assertTrue(assertThrows(QueueFullException.class, () -> queue.putNowait("b"))
                .getMessage()
                .contains("1 of 1 items"));
        assertEquals("a", queue.getNowait());
    }

    @Test
    void aSizeBelowOneIsNoLimit() {
        AsyncQueue<Integer> queue = AsyncQueue.create(-1);
        IntStream.range(0, 1000).forEach(queue::putNowait);
        assertFalse(queue.isFull());
        assertEquals(-1, queue.maxSize());
    }

    @Test
    void gettersAreServedInTheirOrder() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create();
            List<Task<String>> getters = getting(queue, 3);
            Stream.of("a", "b", "c").forEach(queue::putNowait);
            assertEquals(List.of("a", "b", "c"), await(gather(getters)));
        });
    }

    @Test
    void anItemForAWaiterCannotBeTakenByAnother() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create(1);
            Task<String> getter = getting(queue, 1).get(0);
            queue.putNowait("a");
            assertTrue(queue.isEmpty());
            assertEquals(0, queue.size());
            assertTrue(queue.isFull(), "Its place is free when it has been taken");
            assertThrows(QueueEmptyException.class, queue::getNowait);
            assertThrows(QueueFullException.class, () -> queue.putNowait("b"));
            assertEquals("a", await(getter));
            assertFalse(queue.isFull());
        });
    }

    @Test
    void puttersAreServedInTheirOrder() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create(1);
            queue.putNowait("a");
            List<Task<Void>> putters = putting(queue, List.of("b", "c"));
            assertEquals("a", queue.getNowait());
            assertThrows(QueueFullException.class, () -> queue.putNowait("d"));
            Task<Void> last = createTask(queue.put("d"));
            List<String> items = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                items.add(await(queue.get()));
            }
            assertEquals(List.of("b", "c", "d"), items);
            await(gather(putters));
            await(last);
        });
    }

    @Test
    @DisplayName("124: a getter that is cancelled as its item comes does not keep it")
    void cancelledGetter() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create();
            List<Task<String>> getters = getting(queue, 2);
            queue.putNowait("a");
            getters.get(0).cancel();
            assertEquals("a", await(getters.get(1)));
            assertThrows(CancelledException.class, () -> await(getters.get(0)));
        });
    }

    @Test
    @DisplayName("124: items of several getters that are cancelled as they come stay, in their order")
    void cancelledGettersLeaveTheOrder() {
        virtually(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.create(3);
            List<Task<Integer>> getters = getting(queue, 3);
            IntStream.range(0, 3).forEach(queue::putNowait);
            getters.get(2).cancel();
            getters.get(0).cancel();
            assertEquals(0, await(getters.get(1)));
            await(sleep(ms(1)));
            assertEquals(2, queue.size());
            assertEquals(List.of(1, 2), drained(queue));
        });
    }

    @Test
    @DisplayName("125: the item of a cancelled putter never appears, the others keep their order")
    void cancelledPutter() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create(1);
            queue.putNowait("a");
            List<Task<Void>> putters = putting(queue, List.of("b", "c", "d"));
            putters.get(0).cancel();
            assertEquals("a", queue.getNowait());
            putters.get(1).cancel();
            await(sleep(ms(1)));
            assertEquals(List.of("d"), drained(queue));
            assertTrue(putters.get(0).isCancelled());
            assertTrue(putters.get(1).isCancelled());
            await(putters.get(2));
        });
    }

    @Test
    @DisplayName("125: the place of the only putter, cancelled as it gets it, is free")
    void cancelledPutterLeavesThePlace() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create(1);
            queue.putNowait("a");
            Task<Void> putter = putting(queue, List.of("b")).get(0);
            queue.getNowait();
            putter.cancel();
            await(sleep(ms(1)));
            assertFalse(queue.isFull());
            queue.putNowait("c");
            assertEquals(List.of("c"), drained(queue));
        });
    }

    @Test
    @DisplayName("126: getters and putters whose time limit passed are not kept")
    void timedOutWaitersAreNotKept() {
        virtually(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.create(1);
            await(gather(IntStream.range(0, 500)
                            .mapToObj(i -> withTimeout(ms(1 + i % 7), queue.get()))
                            .toList())
                    .returnExceptions());
            assertEquals("AsyncQueue[0 of 1 items, 0 getting, 0 putting]", queue.toString());
            queue.putNowait(0);
            await(gather(IntStream.range(0, 500)
                            .mapToObj(i -> withTimeout(ms(1 + i % 7), queue.put(i)))
                            .toList())
                    .returnExceptions());
            assertEquals("AsyncQueue[1 of 1 items, 0 getting, 0 putting]", queue.toString());
        });
    }

    @Test
    @DisplayName("127: one taskDone too many is refused")
    void taskDoneUnderflow() {
        AsyncQueue<String> queue = AsyncQueue.create();
        assertTrue(assertThrows(IllegalStateException.class, queue::taskDone)
                .getMessage()
                .contains("more often"));
        queue.putNowait("a");
        queue.taskDone();
        assertThrows(IllegalStateException.class, queue::taskDone);
        assertEquals(1, queue.size());
    }

    @Test
    @DisplayName("127: join does not wait where there is nothing unfinished")
    void joinOfAnEmptyQueue() {
        virtually(() -> {
            AsyncQueue<String> queue = AsyncQueue.create();
            await(queue.join());
            queue.putNowait("a");
            queue.getNowait();
            queue.taskDone();
            await(queue.join());
        });
    }

    @Test
    void joinWaitsUntilEachItemIsDone() {
        virtually(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.create();
            int[] sum = {0};
            Coroutine<Void> worker = async(() -> {
                while (true) {
                    int item = await(queue.get());
                    await(sleep(ms(item)));
                    sum[0] += item;
                    queue.taskDone();
                }
            });
            List<Task<Void>> workers =
                    Stream.generate(() -> createTask(worker)).limit(2).toList();
            IntStream.range(0, 100).forEach(queue::putNowait);
            Task<Void> joined = createTask(queue.join());
            await(queue.join());
            assertEquals(4950, sum[0]);
            await(joined);
            workers.forEach(Task::cancel);
            await(gather(workers).returnExceptions());
        });
    }

    @Test
    void aPriorityQueueGivesTheLowestFirst() {
        virtually(() -> {
            AsyncPriorityQueue<Integer> queue = AsyncPriorityQueue.create(3);
            Stream.of(2, 3, 1).forEach(queue::putNowait);
            List<Task<Void>> putters = putting(queue, List.of(0));
            assertEquals(1, await(queue.get()));
            await(gather(putters));
            assertEquals(List.of(0, 2, 3), drained(queue));
        });
    }

    @Test
    void aPriorityQueueMayHaveAnOrderOfItsOwn() {
        AsyncPriorityQueue<String> queue = AsyncPriorityQueue.create(Comparator.reverseOrder());
        Stream.of("b", "c", "a").forEach(queue::putNowait);
        assertEquals(List.of("c", "b", "a"), drained(queue));
        assertThrows(NullPointerException.class, () -> queue.putNowait(null));
        assertThrows(
                NullPointerException.class,
                () -> AsyncPriorityQueue.create(0, (Comparator<String>) null).isEmpty());
    }

    @Test
    void anOrderThatFailsCostsNoPlace() {
        virtually(() -> {
            AsyncPriorityQueue<Integer> queue = AsyncPriorityQueue.create(2, (a, b) -> {
                if (a + b == 13) {
                    throw new IllegalArgumentException("unlucky");
                }
                return Integer.compare(a, b);
            });
            queue.putNowait(6);
            queue.putNowait(1);
            List<Task<Void>> putters = putting(queue, List.of(7, 8));
            assertEquals(1, queue.getNowait());
            assertThrows(IllegalArgumentException.class, () -> await(putters.get(0)));
            await(putters.get(1));
            assertEquals(List.of(6, 8), drained(queue));
        });
    }

    @Test
    void aLifoQueueGivesTheNewestFirst() {
        virtually(() -> {
            AsyncLifoQueue<Integer> queue = AsyncLifoQueue.create(3);
            Stream.of(1, 3, 2).forEach(queue::putNowait);
            List<Task<Void>> putters = putting(queue, List.of(4));
            assertEquals(2, await(queue.get()));
            await(gather(putters));
            assertEquals(List.of(4, 3, 1), drained(queue));
            assertTrue(AsyncLifoQueue.create().isEmpty());
        });
    }

    @Test
    void anItemGoesBackWhereItsTaskIsCancelledAsItEnds() {
        Comparator<Integer> cancelling = (a, b) -> {
            if (currentTask() != null && currentTask().name().equals("getter")) {
                currentTask().cancel();
            }
            return Integer.compare(a, b);
        };
        List<UnaryOperator<Coroutine<Integer>>> ways = List.of(get -> get, get -> withTimeout(ms(100), get));
        for (UnaryOperator<Coroutine<Integer>> way : ways) {
            virtually(() -> {
                AsyncPriorityQueue<Integer> queue = AsyncPriorityQueue.create(cancelling);
                IntStream.range(0, 3).forEach(queue::putNowait);
                Task<Integer> getter = createTask("getter", way.apply(queue.get()));
                assertThrows(CancelledException.class, () -> await(getter));
                assertEquals(List.of(0, 1, 2), drained(queue));
            });
        }
    }

    @Test
    void worksThroughFutures() throws Exception {
        AsyncQueue<String> queue = AsyncQueue.create();
        CompletableFuture<String> item = queue.get().toFuture();
        queue.put("a").toFuture().get();
        assertEquals("a", item.get());
        CompletableFuture<Void> joined = queue.join().toFuture();
        queue.taskDone();
        joined.get();
    }
}
