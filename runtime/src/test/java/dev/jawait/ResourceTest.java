package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.scope;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.timed;
import static dev.jawait.Async.use;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class ResourceTest {
    @RegisterExtension
    final Steps steps = new Steps();

    /** A resource that keeps what it was exited with. */
    private static final class Recording implements AsyncResource<String> {
        final List<String> events;
        final String name;

        Recording(String name, List<String> events) {
            this.name = name;
            this.events = events;
        }

        @Override
        public Coroutine<String> enter() {
            return async(() -> {
                events.add("enter " + name);
                return await(sleep(ms(1), name));
            });
        }

        @Override
        public Coroutine<Void> exit(String resource, Throwable error) {
            return async(() -> {
                await(sleep(ms(1)));
                events.add("exit " + name
                        + (error == null ? "" : " " + error.getClass().getSimpleName()));
            });
        }
    }

    @Test
    void useEntersRunsAndExits() {
        List<String> events = new ArrayList<>();
        virtually(() -> {
            assertEquals("a!", await(use(new Recording("a", events), a -> a + "!")));
        });
        assertEquals(List.of("enter a", "exit a"), events);
    }

    @Test
    void useExitsWithTheErrorOfTheBodyAndRethrowsIt() {
        List<String> events = new ArrayList<>();
        RuntimeException boom = new IllegalStateException("boom");
        virtually(() -> {
            assertSame(
                    boom,
                    assertThrows(
                            IllegalStateException.class,
                            () -> await(use(new Recording("a", events), a -> {
                                throw boom;
                            }))));
        });
        assertEquals(List.of("enter a", "exit a IllegalStateException"), events);
    }

    @Test
    void useExitsWhenCancelled() {
        List<String> events = new ArrayList<>();
        virtually(() -> {
            Task<String> task = createTask(use(new Recording("a", events), a -> await(sleep(ms(100), a))));
            await(sleep(ms(10)));
            task.cancel();
            assertThrows(CancelledException.class, () -> await(task));
        });
        assertEquals(List.of("enter a", "exit a CancelledException"), events);
    }

    @Test
    void scopeGivesBackInReverseOrder() {
        List<String> events = new ArrayList<>();
        virtually(() -> {
            String both = await(scope(scope -> {
                String a = await(scope.enter(new Recording("a", events)));
                scope.defer(() -> events.add("deferred"));
                scope.closing(() -> events.add("closed"));
                return a + await(scope.enter(new Recording("b", events)));
            }));
            assertEquals("ab", both);
        });
        assertEquals(List.of("enter a", "enter b", "exit b", "closed", "deferred", "exit a"), events);
    }

    @Test
    void scopeGivesTheRestBackWhereOneFailsAndKeepsTheFirstErrorInside() {
        List<String> events = new ArrayList<>();
        RuntimeException onExit = new IllegalStateException("on exit");
        RuntimeException inBody = new IllegalArgumentException("in the body");
        virtually(() -> {
            Throwable thrown = assertThrows(
                    IllegalStateException.class,
                    () -> await(scope(scope -> {
                        await(scope.enter(new Recording("a", events)));
                        scope.defer(() -> {
                            throw onExit;
                        });
                        throw inBody;
                    })));
            assertSame(onExit, thrown);
            assertSame(inBody, thrown.getSuppressed()[0]);
        });
        assertEquals(List.of("enter a", "exit a IllegalStateException"), events);
    }

    @Test
    void aBodyOfUseOnALoopTaskStillMayBlock() {
        run(() -> {
            CountDownLatch open = new CountDownLatch(1);
            Task<String> task = createTask(use(new Recording("a", new ArrayList<>()), a -> {
                open.await();
                return a;
            }));
            open.countDown();
            assertEquals("a", await(task));
        });
    }

    @Test
    void timedPassesTheValueAndTheErrorOn() {
        virtually(() -> {
            assertEquals("value", await(timed("work", sleep(ms(1), "value"))));
            assertThrows(
                    IllegalStateException.class,
                    () -> await(timed("work", async(() -> {
                        throw new IllegalStateException("boom");
                    }))));
        });
    }
}
