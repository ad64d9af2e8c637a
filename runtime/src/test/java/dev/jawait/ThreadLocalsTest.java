package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.toThread;
import static dev.jawait.Async.use;
import static dev.jawait.testing.VirtualTime.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.jawait.testing.NothingLeft;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class ThreadLocalsTest {
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
    private ThreadLocals.Following following;

    @BeforeEach
    void follow() {
        following = ThreadLocals.follow(TENANT);
    }

    @AfterEach
    void leaveNothing() {
        following.close();
        TENANT.remove();
        MDC.clear();
    }

    @Test
    void whatTheCreatorHasTheTaskHasWhereverItRuns() {
        TENANT.set("acme");
        MDC.put("request", "r-1");
        Coroutine<String> reading = async(() -> {
            await(sleep(ms(1)));
            return TENANT.get() + " " + MDC.get("request");
        });
        assertEquals("acme r-1", run(() -> await(createTask(reading))));
        assertEquals("acme r-1", reading.toFuture().join());
        assertEquals("acme r-1", run(() -> await(toThread(() -> TENANT.get() + " " + MDC.get("request")))));
    }

    @Test
    void whatABodyPutsThereStaysWithItAndReachesNoOther() {
        run(() -> {
            TENANT.set("main");
            List<String> seen = await(gather(IntStream.range(0, 50)
                    .mapToObj(i -> async(() -> {
                        TENANT.set("t" + i);
                        MDC.put("request", "r" + i);
                        await(sleep(ms(1)));
                        return TENANT.get() + MDC.get("request");
                    }))
                    .toList()));
            assertEquals(IntStream.range(0, 50).mapToObj(i -> "t" + i + "r" + i).collect(Collectors.toList()), seen);
            assertEquals("main", TENANT.get());
            assertNull(MDC.get("request"));
        });
        assertNull(TENANT.get(), "The thread of run() has what it had");
    }

    @Test
    void aBodyInsideOfACombinatorsTaskHandsItsValuesOn() {
        AsyncResource<String> resource = new AsyncResource<>() {
            @Override
            public Coroutine<String> enter() {
                return async(() -> {
                    TENANT.set("entered");
                    return "resource";
                });
            }

            @Override
            public Coroutine<Void> exit(String entered, Throwable error) {
                return async(() -> {
                    MDC.put("exit", MDC.get("body") + TENANT.get());
                    return null;
                });
            }
        };
        Task<String> task = run(() -> {
            Task<String> started = createTask(use(resource, entered -> {
                MDC.put("body", "body ");
                return TENANT.get();
            }));
            await(started);
            return started;
        });
        assertEquals("entered", task.result());
    }

    @Test
    void threadsAreLeftAsTheyWere() {
        for (int i = 0; i < 20; i++) {
            run(() -> {
                await(createTask(async(() -> {
                    TENANT.set("left behind?");
                    MDC.put("left", "behind?");
                })));
                assertEquals("null null", await(toThread(() -> TENANT.get() + " " + MDC.get("left"))));
            });
        }
    }

    @Test
    void callbacksAndDependentsHaveTheValuesOfWhoeverRegisteredThem() {
        MDC.put("request", "r-7");
        CompletableFuture<String> seen = new CompletableFuture<>();
        Task<Integer> task = sleep(ms(5), 1).start();
        task.onDone(done -> seen.complete(MDC.get("request")));
        CompletableFuture<String> dependent = task.toFuture().thenApply(one -> MDC.get("request"));
        MDC.clear();
        assertEquals("r-7", seen.join());
        assertEquals("r-7", dependent.join());
    }

    @Test
    void whatFollowsNoMoreIsLeftAlone() {
        following.close();
        TENANT.set("acme");
        assertNull(run(() -> await(createTask(async(() -> TENANT.get())))));
    }
}
