package dev.jawait;

import static dev.jawait.Async.allTasks;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.startEagerly;
import static dev.jawait.Async.taskGroup;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.sync.Event;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class EagerStartTest {
    @RegisterExtension
    final Steps steps = new Steps();

    @Test
    @DisplayName("67: started eagerly, a body that need not wait has ended, with its name; created, it has not begun")
    void doneAtOnce() {
        virtually(() -> {
            Task<Integer> eager = startEagerly("quick", async(() -> 42));
            assertTrue(eager.isDone());
            assertEquals(42, eager.result());
            assertEquals("quick", eager.name());

            Task<Integer> lazy = createTask(async(() -> 42));
            assertFalse(lazy.isDone());
            assertEquals(42, await(lazy));
        });
    }

    @Test
    void theFirstPieceRunsBeforeTheCallerGoesOn() {
        run(this::firstPiece);
        virtually(this::firstPiece);
        steps.finish(9);
    }

    private int base;

    private void firstPiece() {
        int from = base;
        steps.expect(from + 1);
        Event goOn = Event.create();
        Task<String> task = startEagerly(async(() -> {
            steps.expect(from + 2);
            await(goOn.waitFor());
            steps.expect(from + 4);
            return "value";
        }));
        steps.expect(from + 3);
        goOn.set();
        assertEquals("value", await(task));
        base += 4;
    }

    @Test
    @DisplayName("68: what blocks after its first piece is a task like any other")
    void pending() {
        virtually(() -> {
            Task<Integer> task = startEagerly(sleep(ms(1), 7));
            assertFalse(task.isDone());
            assertTrue(allTasks().contains(task));
            assertEquals(7, await(task));
        });
    }

    @Test
    @DisplayName("69: a cancel after an eager end changes nothing")
    void cancelAfterTheEnd() {
        virtually(() -> {
            Task<Integer> task = startEagerly(async(() -> 1));
            assertFalse(task.cancel());
            assertFalse(task.isCancelled());
            assertEquals(1, task.result());
        });
    }

    @Test
    @DisplayName("69: a cancel after the first piece is one like any other, with its message")
    void cancelAfterTheFirstPiece() {
        virtually(() -> {
            Task<Void> task = startEagerly(sleep(ms(1000)));
            assertTrue(task.cancel("enough"));
            assertEquals(
                    "enough",
                    assertThrows(CancelledException.class, () -> await(task)).getMessage());
        });
    }

    @Test
    @DisplayName("70: among all tasks it is there in its first piece, and not if that was all of it")
    void allTasksHaveIt() {
        virtually(() -> {
            Task<?> creator = currentTask();
            Task<Boolean> task = startEagerly(async(() -> {
                assertSame(Boolean.FALSE, creator == currentTask());
                return allTasks().contains(currentTask());
            }));
            assertTrue(task.result());
            assertFalse(allTasks().contains(task));
            assertSame(creator, currentTask());
        });
    }

    @Test
    @DisplayName(
            "113: a child of a group that fails in its first piece cancels the creator at its next await, not before")
    void failsInTheFirstPiece() {
        virtually(() -> {
            TaskGroupException failed = assertThrows(
                    TaskGroupException.class,
                    () -> await(taskGroup(group -> {
                        group.createTask(startEagerly(async(() -> {
                            throw new ArithmeticException("first piece");
                        })));
                        steps.expect(1);
                        assertThrows(CancelledException.class, () -> await(sleep(ms(1))));
                        steps.finish(2);
                        return null;
                    })));
            assertEquals(1, failed.exceptions().size());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void anErrorOfTheFirstPieceIsTheTasksOwn() {
        run(() -> {
            RuntimeException boom = new IllegalStateException("boom");
            Task<Object> task = startEagerly(async(() -> {
                throw boom;
            }));
            assertSame(boom, task.exception());
        });
    }

    @Test
    void eagerTasksMayBeNestedAndLimited() {
        virtually(() -> {
            Task<List<Integer>> outer = startEagerly(async(() -> {
                Task<Integer> inner = startEagerly(withTimeout(ms(10), () -> 1));
                assertTrue(inner.isDone());
                await(sleep(ms(1)));
                return List.of(inner.result(), 2);
            }));
            assertEquals(List.of(1, 2), await(outer));
        });
    }

    @Test
    void outsideOfATaskItStartsOnTheSharedRuntime() {
        Task<Integer> done = startEagerly(async(() -> 3));
        assertTrue(done.isDone());
        assertEquals(4, startEagerly(sleep(ms(1), 4)).join());
    }

    @Test
    void aTaskIsReturnedAsItIs() {
        run(() -> {
            Task<Integer> task = createTask(sleep(ms(1), 1));
            assertSame(task, startEagerly(task));
            await(task);
        });
    }

    @Test
    void inAConfinedRunnerTheFirstPieceRunsInTheTurnOfItsCreator() {
        try (Runner runner = Runner.confined()) {
            runner.run(async(() -> {
                Task<?> other = createTask(async(() -> steps.expect(3)));
                Task<?> eager = startEagerly(async(() -> {
                    steps.expect(1);
                    await(sleep(ms(1)));
                    steps.finish(4);
                }));
                steps.expect(2);
                await(other);
                await(eager);
            }));
        }
    }
}
