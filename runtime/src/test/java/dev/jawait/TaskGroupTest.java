package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.taskGroup;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class TaskGroupTest {
    @RegisterExtension
    final Steps steps = new Steps();

    private static Coroutine<Void> failing(long millis, Exception error) {
        return async(() -> {
            await(sleep(ms(millis)));
            throw error;
        });
    }

    /** Sleeps for long; when cancelled, throws {@code error}. */
    private static Coroutine<Void> failingInCleanup(RuntimeException error) {
        return async(() -> {
            try {
                await(sleep(ms(10_000)));
            } catch (CancelledException cancelled) {
                throw error;
            }
        });
    }

    private static List<Throwable> errorsOf(Coroutine<?> group) {
        return assertThrows(TaskGroupException.class, () -> await(group)).exceptions();
    }

    private static RuntimeException boom(String name) {
        return new IllegalArgumentException(name);
    }

    @Test
    @DisplayName("95: waits for its tasks, and results in what the body does")
    void waitsForAll() {
        virtually(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            String result = await(taskGroup(group -> {
                tasks.add(group.createTask(sleep(ms(20), 1)));
                await(sleep(ms(5)));
                tasks.add(group.createTask("second", sleep(ms(10), 2)));
                return "body";
            }));
            assertEquals("body", result);
            assertEquals(20, now());
            assertEquals(1, tasks.get(0).result());
            assertEquals(2, tasks.get(1).result());
            assertEquals("second", tasks.get(1).name());
        });
    }

    @Test
    @DisplayName("96: a task that is cancelled alone does not end the group")
    void cancelledChild() {
        virtually(() -> {
            Task<String> other = await(taskGroup(group -> {
                Task<?> cancelled = group.createTask(sleep(ms(100)));
                Task<String> task = group.createTask(sleep(ms(10), "done"));
                await(sleep(ms(1)));
                cancelled.cancel();
                return task;
            }));
            assertEquals("done", other.result());
            assertEquals(10, now());
        });
    }

    @Test
    @DisplayName("97: a failing task cancels the others and the body")
    void failureCancelsAll() {
        virtually(() -> {
            AtomicReference<Task<?>> other = new AtomicReference<>();
            RuntimeException boom = boom("a");
            List<Throwable> errors = errorsOf(taskGroup(group -> {
                group.createTask(failing(10, boom));
                other.set(group.createTask(sleep(ms(100))));
                await(sleep(ms(100)));
                return unreached();
            }));
            assertEquals(List.of(boom), errors);
            assertTrue(other.get().isCancelled());
            assertEquals(10, now());
            assertEquals(0, currentTask().cancelling());
            await(sleep(ms(1)));
        });
    }

    private Object unreached() {
        steps.unreached();
        return null;
    }

    @Test
    @DisplayName("98: a cancel from outside reaches the body and every task, and is thrown as it is")
    void outerCancel() {
        virtually(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            Task<Object> group = createTask(taskGroup(inner -> {
                IntStream.range(0, 5).forEach(i -> tasks.add(inner.createTask(sleep(ms(100)))));
                await(sleep(ms(100)));
                return unreached();
            }));
            Task<String> leaving = createTask(taskGroup(inner -> {
                tasks.add(inner.createTask(sleep(ms(100))));
                return "left";
            }));
            await(sleep(ms(10)));
            group.cancel("enough");
            leaving.cancel("enough");
            for (Task<?> task : List.of(group, leaving)) {
                assertEquals(
                        "enough",
                        assertThrows(CancelledException.class, () -> await(task))
                                .getMessage());
            }
            assertTrue(tasks.stream().allMatch(Task::isCancelled));
            assertEquals(10, now());
        });
    }

    @Test
    @DisplayName("99, 111: an error in the cleanup wins over the cancel, which the next await throws")
    void errorAndCancel() {
        virtually(() -> {
            RuntimeException boom = boom("cleanup");
            Task<Void> task = createTask(async(() -> {
                List<Throwable> errors = errorsOf(taskGroup(group -> group.createTask(failingInCleanup(boom))));
                assertEquals(List.of(boom), errors);
                assertEquals(1, currentTask().cancelling());
                steps.expect(1);
                await(sleep(ms(100)));
                steps.unreached();
            }));
            await(sleep(ms(10)));
            task.cancel("enough");
            assertEquals(
                    "enough",
                    assertThrows(CancelledException.class, () -> await(task)).getMessage());
            assertEquals(10, now());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("100: an error of the body cancels the tasks, also those not begun, and is in the exception")
    void bodyFails() {
        virtually(() -> {
            RuntimeException boom = boom("body");
            List<Throwable> errors = errorsOf(taskGroup(group -> {
                group.createTask(async(() -> steps.unreached()));
                throw boom;
            }));
            assertEquals(List.of(boom), errors);
            steps.finish(1);
        });
    }

    @Test
    @DisplayName("101: the exception of a group within is one of the outer one's")
    void nested() {
        virtually(() -> {
            RuntimeException inner = boom("inner");
            RuntimeException outer = boom("outer");
            List<Throwable> errors = errorsOf(taskGroup(group -> {
                group.createTask(taskGroup(within -> within.createTask(failingInCleanup(inner))));
                group.createTask(failing(10, outer));
                return null;
            }));
            assertSame(outer, errors.get(0));
            assertEquals(List.of(inner), ((TaskGroupException) errors.get(1)).exceptions());
            assertEquals(2, errors.size());
        });
    }

    @Test
    @DisplayName("102: a task fails while the cancelled body cleans up")
    void bodyCleansUp() {
        virtually(() -> {
            RuntimeException boom = boom("late");
            Task<Object> task = createTask(taskGroup(group -> {
                group.createTask(failing(20, boom));
                try {
                    return await(sleep(ms(100)));
                } finally {
                    assertThrows(CancelledException.class, () -> await(sleep(ms(50))));
                    steps.expect(1);
                }
            }));
            await(sleep(ms(10)));
            task.cancel();
            assertEquals(List.of(boom), errorsOf(async(() -> await(task))));
            assertEquals(20, now());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("103: without tasks a cancel passes; what the body makes of it is in the exception")
    void noTasks() {
        virtually(() -> {
            Task<Void> plain = createTask(taskGroup(group -> await(sleep(ms(100)))));
            Task<Void> changed = createTask(taskGroup(group -> await(failingInCleanup(boom("mine")))));
            await(sleep(ms(10)));
            plain.cancel();
            changed.cancel();
            assertThrows(CancelledException.class, () -> await(plain));
            assertEquals("mine", errorsOf(async(() -> await(changed))).get(0).getMessage());
        });
    }

    @Test
    @DisplayName("104, 112: a task and the body fail: the body's error is the last")
    void taskAndBodyFail() {
        virtually(() -> {
            RuntimeException child = boom("child");
            RuntimeException body = boom("body");
            TaskGroupException error = assertThrows(
                    TaskGroupException.class,
                    () -> await(taskGroup(group -> {
                        group.createTask(failing(10, child));
                        return await(failingInCleanup(body));
                    })));
            assertEquals(List.of(child, body), error.exceptions());
            assertSame(child, error.getCause());
            assertEquals(List.of(body), List.of(error.getSuppressed()));
            assertEquals("unhandled errors in a TaskGroup (2 sub-exceptions), the first: " + child, error.getMessage());
        });
    }

    @Test
    void whatTheBodyHasFromATaskIsOneErrorAndACheckedOneStaysAsItIs() {
        virtually(() -> {
            IOException broken = new IOException("broken");
            assertEquals(List.of(broken), errorsOf(taskGroup(group -> {
                Task<Void> task = group.createTask(failing(10, broken));
                try {
                    return await(task);
                } catch (CancelledException cancelled) {
                    return await(task);
                }
            })));
        });
    }

    @Test
    @DisplayName("105: an error of the machine is thrown as it is, once all have ended; any other is one of them")
    void errorsOfTheMachine() {
        virtually(() -> {
            InternalError fatal = new InternalError("fatal");
            assertSame(
                    fatal,
                    assertThrows(
                            InternalError.class,
                            () -> await(taskGroup(group -> {
                                group.createTask(failingInCleanup(boom("cleanup")));
                                await(sleep(ms(1)));
                                throw fatal;
                            }))));
            assertEquals(0, currentTask().cancelling());
            AssertionError failed = new AssertionError("failed");
            assertEquals(List.of(failed), errorsOf(taskGroup(group -> {
                throw failed;
            })));
        });
    }

    @Test
    @DisplayName("106: tasks may create tasks, until one fails")
    void tasksCreateTasks() {
        virtually(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            errorsOf(taskGroup(group -> {
                group.createTask(failing(55, boom("stop")));
                return group.createTask(spawning(group, tasks));
            }));
            assertEquals(5, tasks.size());
            assertTrue(tasks.stream().allMatch(Task::isCancelled));
            assertEquals(55, now());
        });
    }

    private static Coroutine<Void> spawning(TaskGroup group, List<Task<?>> tasks) {
        return async(() -> {
            await(sleep(ms(10)));
            tasks.add(group.createTask(spawning(group, tasks)));
            await(sleep(ms(100)));
        });
    }

    @Test
    @DisplayName("107, 108: no task is taken by a group that shuts down or has ended")
    void refusesTasks() {
        virtually(() -> {
            AtomicReference<TaskGroup> left = new AtomicReference<>();
            errorsOf(taskGroup(group -> {
                left.set(group);
                group.createTask(failing(10, boom("stop")));
                assertThrows(CancelledException.class, () -> await(sleep(ms(100))));
                assertRefused(group, "shutting down");
                return null;
            }));
            assertRefused(left.get(), "has ended");
            left.get().cancel();
            assertEquals(0, currentTask().cancelling());
        });
    }

    private void assertRefused(TaskGroup group, String reason) {
        String message = assertThrows(
                        IllegalStateException.class, () -> group.createTask(async(() -> steps.unreached())))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    @DisplayName("109: the group's own cancel does not leak out, not even undelivered")
    void noLeak() {
        virtually(() -> {
            Task<Void> failed = createTask(failing(0, boom("before")));
            await(sleep(ms(1)));
            errorsOf(taskGroup(group -> group.createTask(failed)));
            assertEquals(0, currentTask().cancelling());
            await(sleep(ms(1)));
        });
    }

    @Test
    @DisplayName("110: an inner and an outer group fail in the same moment")
    void bothFail() {
        virtually(() -> {
            RuntimeException outer = boom("outer");
            List<Throwable> errors = errorsOf(taskGroup(group -> {
                group.createTask(failing(10, outer));
                errorsOf(taskGroup(within -> within.createTask(failing(10, boom("inner")))));
                assertEquals(1, currentTask().cancelling());
                steps.expect(1);
                await(sleep(ms(100)));
                return unreached();
            }));
            assertEquals(List.of(outer), errors);
            assertEquals(0, currentTask().cancelling());
            steps.finish(2);
        });
    }

    @Test
    @DisplayName("84: a time limit around a group whose body and task fail when it passes")
    void underALimit() {
        virtually(() -> {
            RuntimeException child = boom("child");
            RuntimeException body = boom("body");
            assertEquals(List.of(child, body), errorsOf(withTimeout(ms(10), taskGroup(group -> {
                group.createTask(failingInCleanup(child));
                return await(failingInCleanup(body));
            }))));
            assertEquals(0, currentTask().cancelling());
            await(sleep(ms(1)));
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(withTimeout(ms(10), taskGroup(group -> group.createTask(sleep(ms(100)))))));
        });
    }

    @Test
    void cancelEndsTheGroupWithoutAnError() {
        virtually(() -> {
            assertNull(await(taskGroup(group -> {
                group.createTask(sleep(ms(100)));
                group.createTask(async(() -> {
                    await(sleep(ms(10)));
                    group.cancel();
                    group.cancel();
                }));
                await(sleep(ms(100)));
                return unreached();
            })));
            assertEquals(10, now());
            assertEquals("value", await(taskGroup(group -> {
                group.createTask(sleep(ms(100)));
                group.cancel();
                return "value";
            })));
            assertEquals(0, currentTask().cancelling());
            await(sleep(ms(1)));
        });
    }

    @Test
    void aCancelFromOutsideIsNotLostToTheGroupsOwn() {
        virtually(() -> {
            Task<String> task = createTask(taskGroup(group -> {
                group.createTask(async(() -> {
                    try {
                        await(sleep(ms(10_000)));
                    } finally {
                        await(sleep(ms(50)));
                    }
                }));
                await(sleep(ms(1)));
                group.cancel();
                return "value";
            }));
            await(sleep(ms(10)));
            task.cancel("enough");
            assertEquals(
                    "enough",
                    assertThrows(CancelledException.class, () -> await(task)).getMessage());
            assertEquals(51, now());
        });
    }

    @Test
    void aTaskThatRunsJoinsTheGroupOnceAndNotItsOwn() {
        virtually(() -> {
            Task<String> running = createTask(sleep(ms(10), "joined"));
            await(taskGroup(group -> {
                group.createTask(running);
                return group.createTask(running);
            }));
            assertEquals("joined", running.result());
            errorsOf(taskGroup(group -> group.createTask(currentTask())));
        });
    }

    @Test
    void eachAwaitIsAGroupOfItsOwn() {
        virtually(() -> {
            Coroutine<Task<String>> recipe = taskGroup(group -> group.createTask(sleep(ms(10), "a")));
            assertFalse(await(recipe) == await(recipe));
            assertEquals(20, now());
        });
    }

    @Test
    void inParallelNoCancelLeaksAndNoErrorIsLost() {
        run(() -> {
            for (int round = 0; round < 300; round++) {
                RuntimeException boom = boom("round " + round);
                List<Throwable> errors = errorsOf(taskGroup(group -> {
                    group.createTask(async(() -> {
                        throw boom;
                    }));
                    return await(group.createTask(sleep(ms(0))));
                }));
                assertEquals(List.of(boom), errors);
                assertEquals(0, currentTask().cancelling());
                await(sleep(ms(0)));
            }
        });
    }
}
