package dev.jawait.sync;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.sleep;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class QueueShutdownTest {
    private final AsyncQueue<String> queue = AsyncQueue.create(2);

    private static void assertShutDown(Task<?> task) {
        assertThrows(QueueShutDownException.class, () -> await(task));
    }

    private void assertNothingPassesAnyMore() {
        assertThrows(QueueShutDownException.class, () -> await(queue.put("late")));
        assertThrows(QueueShutDownException.class, () -> queue.putNowait("late"));
        assertThrows(QueueShutDownException.class, () -> await(queue.get()));
        assertThrows(QueueShutDownException.class, queue::getNowait);
        assertTrue(queue.isEmpty());
    }

    @Test
    @DisplayName("128: a blocked putter fails, the items can be got, then that fails; join waits for the work")
    void nonEmpty() {
        virtually(() -> {
            queue.putNowait("a");
            queue.putNowait("b");
            Task<Void> putter = createTask(queue.put("c"));
            Task<Void> joined = createTask(queue.join());
            await(sleep(ms(1)));
            queue.shutdown();
            assertShutDown(putter);
            assertThrows(QueueShutDownException.class, () -> queue.putNowait("late"));
            assertEquals("a", await(queue.get()));
            assertEquals("b", queue.getNowait());
            assertNothingPassesAnyMore();
            queue.taskDone();
            await(sleep(ms(1)));
            assertFalse(joined.isDone());
            queue.taskDone();
            await(joined);
            queue.shutdown();
        });
    }

    @Test
    @DisplayName("129: an immediate one drops the items: two unfinished become one, and join waits for that")
    void immediateWithUnfinished() {
        virtually(() -> {
            queue.putNowait("a");
            queue.putNowait("b");
            Task<Void> joined = createTask(queue.join());
            await(sleep(ms(1)));
            assertEquals("a", await(queue.get()));
            queue.shutdown(true);
            assertNothingPassesAnyMore();
            await(sleep(ms(1)));
            assertFalse(joined.isDone());
            queue.taskDone();
            await(joined);
            assertThrows(IllegalStateException.class, queue::taskDone);
        });
    }

    @Test
    void anImmediateOneEndsJoinWhereNothingElseIsUnfinished() {
        virtually(() -> {
            queue.putNowait("a");
            Task<Void> joined = createTask(queue.join());
            await(sleep(ms(1)));
            queue.shutdown(true);
            await(joined);
        });
    }

    @Test
    void anImmediateOneCountsNoItemTwice() {
        virtually(() -> {
            queue.putNowait("a");
            queue.putNowait("b");
            queue.taskDone();
            queue.taskDone();
            queue.shutdown(true);
            await(queue.join());
            assertThrows(IllegalStateException.class, queue::taskDone);
        });
    }

    @Test
    void gettersThatWaitFail() {
        virtually(() -> {
            List<Task<String>> getters = List.of(createTask(queue.get()), createTask(queue.get()));
            await(sleep(ms(1)));
            queue.shutdown();
            getters.forEach(QueueShutdownTest::assertShutDown);
            assertNothingPassesAnyMore();
        });
    }

    @Test
    void anItemThatIsPromisedIsStillGot() {
        virtually(() -> {
            Task<String> getter = createTask(queue.get());
            await(sleep(ms(1)));
            queue.putNowait("a");
            queue.shutdown();
            assertEquals("a", await(getter));
            assertNothingPassesAnyMore();
        });
    }

    @Test
    void anItemThatIsPromisedIsDroppedByAnImmediateOne() {
        virtually(() -> {
            Task<String> getter = createTask(queue.get());
            await(sleep(ms(1)));
            queue.putNowait("a");
            queue.shutdown(true);
            assertShutDown(getter);
            await(queue.join());
            assertNothingPassesAnyMore();
        });
    }

    @Test
    void aPlaceThatIsPromisedIsOfNoUse() {
        virtually(() -> {
            queue.putNowait("a");
            queue.putNowait("b");
            Task<Void> putter = createTask(queue.put("c"));
            await(sleep(ms(1)));
            queue.getNowait();
            queue.shutdown();
            assertShutDown(putter);
            assertEquals("b", queue.getNowait());
            assertNothingPassesAnyMore();
        });
    }

    @Test
    void theKindsOfQueuesShutDownAlike() {
        for (AsyncQueue<Integer> kind :
                List.of(AsyncPriorityQueue.<Integer>create(), AsyncLifoQueue.<Integer>create())) {
            kind.putNowait(1);
            kind.shutdown();
            assertEquals(1, kind.getNowait());
            assertThrows(QueueShutDownException.class, kind::getNowait);
            kind.shutdown(true);
        }
    }
}
