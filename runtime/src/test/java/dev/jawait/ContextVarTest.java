package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.startEagerly;
import static dev.jawait.Async.toThread;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class ContextVarTest {
    private static final ContextVar<String> USER = ContextVar.create("user");
    private static final ContextVar<Integer> DEPTH = ContextVar.create("depth", 0);

    @Test
    @DisplayName("61: a child has its creator's values of that moment; neither sees what the other sets later")
    void inherited() {
        virtually(() -> {
            USER.set("ann");
            Task<String> child = createTask(async(() -> {
                String before = USER.get();
                await(sleep(ms(2)));
                String after = USER.get();
                USER.set("child's own");
                return before + " " + after;
            }));
            USER.set("bob");
            assertEquals("ann ann", await(child));
            assertEquals("bob", USER.get());
        });
    }

    @Test
    void whatRunsInlineSharesTheValues() {
        run(() -> {
            await(async(() -> USER.set("inline")));
            assertEquals("inline", USER.get());
        });
    }

    @Test
    void withoutAValueItIsAnErrorThatNamesIt() {
        run(() -> {
            String message =
                    assertThrows(NoSuchElementException.class, USER::get).getMessage();
            assertTrue(message.contains("user"), message);
            assertEquals("fallback", USER.getOrDefault("fallback"));
        });
    }

    @Test
    void aDefaultCountsForGetAlone() {
        run(() -> {
            assertEquals(0, DEPTH.get());
            assertEquals(7, DEPTH.getOrDefault(7));
        });
    }

    @Test
    void closingABindingBringsBackWhatWasThere() {
        run(() -> {
            ContextVar.Binding outer = DEPTH.set(1);
            ContextVar.Binding inner = DEPTH.set(2);
            inner.close();
            inner.close();
            assertEquals(1, DEPTH.get());
            outer.close();
            assertEquals(7, DEPTH.getOrDefault(7));
        });
    }

    @Test
    void aBindingIsClosedWhereItWasSet() {
        run(() -> {
            ContextVar.Binding binding = DEPTH.set(1);
            await(createTask(async(() -> assertThrows(IllegalStateException.class, binding::close))));
            assertEquals(1, DEPTH.get());
        });
    }

    @Test
    void childrenOfEveryKindInherit() {
        run(() -> {
            USER.set("ann");
            Coroutine<String> reading = async(() -> {
                await(sleep(Duration.ZERO));
                return USER.get();
            });
            assertEquals(List.of("ann", "ann"), await(gather(reading, async(() -> await(reading)))));
            assertEquals("ann", await(startEagerly(reading)));
            assertEquals("ann", await(reading.toFuture()));
        });
    }

    @Test
    @DisplayName("134: code on a thread of its own sees the values, and what it sets stays there")
    void onAThread() {
        run(() -> {
            USER.set("ann");
            assertEquals("ann", await(toThread(() -> {
                String seen = USER.get();
                USER.set("thread's own");
                return seen;
            })));
            assertEquals("ann", USER.get());
        });
    }

    @Test
    void outsideOfTasksTheValuesAreTheThreadsOwn() {
        ContextVar.Binding binding = USER.set("service");
        Task<String> task = createTask(async(USER::get));
        assertEquals("service", task.join());
        assertEquals("service", run(() -> USER.get()));
        assertEquals(
                "nobody",
                CompletableFuture.supplyAsync(() -> USER.getOrDefault("nobody")).join());
        binding.close();
        assertEquals("nobody", USER.getOrDefault("nobody"));
    }

    @Test
    void whatARunSetsItsCallerDoesNotSee() {
        run(() -> {
            USER.set("inside");
        });
        assertEquals("nobody", USER.getOrDefault("nobody"));
    }

    @Test
    @DisplayName("132: a runner keeps the values from one run to the next")
    void keptBetweenRuns() {
        try (Runner runner = Runner.builder().loops(1).build()) {
            runner.run(() -> {
                USER.set("kept");
            });
            assertEquals("kept", runner.run(() -> USER.get()));
        }
    }

    @Test
    void callbacksHaveTheValuesOfTheirRegistration() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        run(() -> {
            Task<Integer> task = createTask(sleep(ms(1), 1));
            USER.set("at registration");
            task.onDone(done -> seen.complete(USER.get()));
            USER.set("later");
            await(task);
        });
        assertEquals("at registration", seen.join());
    }

    @Test
    void dependentsOfAFutureHaveTheValuesOfWhoeverAskedForIt() {
        ContextVar.Binding binding = USER.set("service");
        CompletableFuture<String> seen = sleep(ms(5), 1).toFuture().thenApply(one -> USER.get());
        binding.close();
        assertEquals("service", seen.join());
    }
}
