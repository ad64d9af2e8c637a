package dev.jawait;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.race;
import static dev.jawait.Async.shield;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.taskGroup;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static dev.jawait.testing.Waiting.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jawait.TaskTree.Node;
import dev.jawait.TaskTree.State;
import dev.jawait.testing.NothingLeft;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class TaskTreeTest {
    private static Node node(TaskTree tree, String name) {
        return tree.tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No task " + name + " in\n" + tree));
    }

    private static <T> Coroutine<T> awaitingBy(String how, Task<T> task) {
        return switch (how) {
            case "task" -> async("awaiter", () -> await(task));
            case "gather" -> async("awaiter", () -> await(gather(task, task)).get(0));
            case "shield" -> async("awaiter", () -> await(shield(task)));
            case "wait" ->
                async("awaiter", () -> {
                    await(waitUntil(ReturnWhen.FIRST_COMPLETED, task));
                    return task.result();
                });
            case "timeout" -> async("awaiter", () -> await(withTimeout(Duration.ofDays(1), task)));
            case "asCompleted" ->
                async("awaiter", () -> await(asCompleted(task).next()).result());
            case "race" -> async("awaiter", () -> await(race(task, task)));
            case "group" ->
                async(
                        "awaiter",
                        () -> await(taskGroup(group -> group.createTask(task))).result());
            default -> throw new IllegalArgumentException(how);
        };
    }

    @ParameterizedTest(name = "135: through {0} the awaiter points at what it awaits")
    @ValueSource(strings = {"task", "gather", "shield", "wait", "timeout", "asCompleted", "race", "group"})
    void edges(String how) {
        virtually(() -> {
            Task<Integer> awaited = createTask("awaited", sleep(ms(10), 1));
            Task<Integer> awaiter = createTask(awaitingBy(how, awaited));
            await(sleep(ms(1)));

            TaskTree tree = TaskTree.capture();
            Node from = node(tree, "awaiter");
            Node to = node(tree, "awaited");
            assertTrue(from.awaits().contains(to.id()), tree::toString);
            assertEquals(State.WAITING, from.state());
            assertNotNull(from.waitingFor());
            assertEquals(1, await(awaiter));
        });
    }

    @Test
    void aPositionIsInTheUsersCodeEvenIfThatIsWithinNetty() throws InterruptedException {
        Promise<Integer> promise = GlobalEventExecutor.INSTANCE.newPromise();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Task<Integer> task = async("inside", () -> {
                    thread.set(Thread.currentThread());
                    return promise.syncUninterruptibly().getNow();
                })
                .start();
        until("it waits", () -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
        String position = node(TaskTree.capture(), "inside").position();
        assertTrue(position.startsWith("dev.jawait.TaskTreeTest."), position);
        promise.setSuccess(1);
        assertEquals(1, task.join());
    }

    @Test
    void statesAndPositionsAreThoseOfTheMoment() {
        virtually(() -> {
            Task<Void> fresh = createTask("fresh", async(() -> await(sleep(ms(10)))));
            assertEquals(State.CREATED, node(TaskTree.capture(), "fresh").state());
            assertEquals(State.RUNNING, node(TaskTree.capture(), "main").state());
            await(sleep(ms(1)));

            Node waiting = node(TaskTree.capture(), "fresh");
            assertEquals("the end of a sleep", waiting.waitingFor());
            for (Node node : List.of(waiting, node(TaskTree.capture(), "main"))) {
                assertTrue(node.position().startsWith("dev.jawait.TaskTreeTest."), node.position());
            }

            Task<Void> refusing = createTask("refusing", async(() -> {
                try {
                    await(sleep(ms(10)));
                } catch (CancelledException cancelled) {
                    await(sleep(ms(10)));
                }
            }));
            await(sleep(ms(1)));
            refusing.cancel();
            await(sleep(ms(1)));
            assertEquals(State.CANCELLING, node(TaskTree.capture(), "refusing").state());
            await(gather(fresh, refusing));
            assertEquals(1, TaskTree.capture().tasks().size());
        });
    }

    @Test
    void asTextWhoIsAwaitedStandsBelow() {
        virtually(() -> {
            Task<Integer> leaf = createTask("leaf", sleep(ms(10), 1));
            Task<List<Integer>> top = createTask("top", gather(leaf, createTask("other", sleep(ms(10), 2))));
            await(sleep(ms(1)));
            String text = TaskTree.dump().replaceAll("[0-9.]+ s]", "- s]").replaceAll(" at .*", "");
            assertEquals("""
                    main [running, - s]
                    top [waiting, - s] awaits 2 tasks together
                    |- leaf [waiting, - s] awaits the end of a sleep
                    `- other [waiting, - s] awaits the end of a sleep
                    """, text);
            await(top);
        });
    }

    @Test
    void aCycleIsNamed() {
        virtually(() -> {
            Task<?>[] tasks = new Task<?>[2];
            tasks[0] = createTask("one", async(() -> {
                await(sleep(ms(1)));
                return await(tasks[1]);
            }));
            tasks[1] = createTask("two", async(() -> await(tasks[0])));
            await(sleep(ms(2)));

            TaskTree tree = TaskTree.capture();
            assertEquals(
                    List.of(List.of(node(tree, "one").id(), node(tree, "two").id())), tree.cycles());
            assertTrue(tree.toString().startsWith("Cycle, which never ends: one -> two -> one\n"), tree::toString);
            assertTrue(tree.toString().contains("(see above)"), tree::toString);
            tasks[0].cancel();
        });
    }

    @Test
    void asJsonItIsReadByAnyParser() throws Exception {
        String json = virtually(() -> {
            Task<Integer> odd = createTask("a \"name\" \\ with\nall\u0001", sleep(ms(10), 1));
            await(sleep(ms(1)));
            String dump = TaskTree.capture().toJson();
            await(odd);
            return dump;
        });
        JsonNode tree = new JsonMapper().readTree(json);
        assertEquals("a \"name\" \\ with\nall\u0001", tree.at("/tasks/1/name").asText());
        assertEquals("waiting", tree.at("/tasks/1/state").asText());
        assertTrue(tree.at("/tasks/1/createdAt").isNull());
        assertEquals(0, tree.at("/cycles").size());
    }

    @Test
    void withoutTasksItSaysSo() {
        assertEquals("No tasks\n", new TaskTree(List.of()).toString());
    }

    @Test
    void aLongChainNeedsNoStack() {
        virtually(() -> {
            Task<Integer> last = createTask("task 0", sleep(ms(1000), 1));
            for (int i = 1; i < 5000; i++) {
                last = createTask("task " + i, shield(last));
            }
            await(sleep(ms(1)));
            TaskTree tree = TaskTree.capture();
            assertEquals(List.of(), tree.cycles());
            assertTrue(tree.toString().contains("task 4999"));
            await(last);
        });
    }

    @Test
    void inDebugModeItTellsWhereTasksWereCreated() {
        try (Runner runner = Runner.builder().debug().loops(1).build()) {
            runner.run(async(() -> {
                Task<Integer> task = createTask("known", sleep(Duration.ofDays(1), 1));
                String site = node(TaskTree.capture(), "known").createdAt();
                assertTrue(site.contains("TaskTreeTest.java"), site);
                task.cancel();
            }));
        }
        virtually(() -> assertNull(node(TaskTree.capture(), "main").createdAt()));
    }
}
