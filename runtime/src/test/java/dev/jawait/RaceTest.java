package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.firstSuccess;
import static dev.jawait.Async.hedge;
import static dev.jawait.Async.race;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class RaceTest {
    @RegisterExtension
    final Steps steps = new Steps();

    private static Coroutine<String> failing(long after, RuntimeException error) {
        return async(() -> {
            await(sleep(ms(after)));
            throw error;
        });
    }

    /** Takes a cancel, and {@code cleanup} milliseconds to end. */
    private static Coroutine<String> slowToEnd(List<String> ended, long cleanup) {
        return async(() -> {
            try {
                return await(sleep(ms(10_000), "too late"));
            } finally {
                await(sleep(ms(cleanup)));
                ended.add("cleaned up at " + now());
            }
        });
    }

    @Test
    void theFirstToEndDecidesAndTheOthersAreCancelledAndWaitedFor() {
        virtually(() -> {
            List<String> ended = new ArrayList<>();
            assertEquals("fast", await(race(slowToEnd(ended, 3), sleep(ms(5), "fast"))));
            assertEquals(List.of("cleaned up at 8"), ended);
            assertEquals(8, now());
        });
    }

    @Test
    void inARaceAnErrorDecidesToo() {
        virtually(() -> {
            RuntimeException boom = new IllegalStateException("boom");
            assertSame(
                    boom,
                    assertThrows(
                            IllegalStateException.class, () -> await(race(sleep(ms(5), "value"), failing(1, boom)))));
            assertEquals(1, now());
        });
    }

    @Test
    void inARaceACancelledRacerDecidesToo() {
        virtually(() -> {
            Task<String> cancelled = createTask(sleep(ms(100), "never"));
            cancelled.cancel("by hand");
            assertEquals(
                    "by hand",
                    assertThrows(CancelledException.class, () -> await(race(cancelled, sleep(ms(5), "value"))))
                            .getMessage());
        });
    }

    @Test
    void firstSuccessPassesOverErrors() {
        virtually(() -> {
            RuntimeException boom = new IllegalStateException("boom");
            assertEquals("value", await(firstSuccess(failing(1, boom), sleep(ms(5), "value"), sleep(ms(50), "slow"))));
            assertEquals(5, now());
        });
    }

    @Test
    void ifAllFailTheFirstErrorIsThrownWithTheOthersSuppressed() {
        virtually(() -> {
            RuntimeException first = new IllegalStateException("first");
            RuntimeException second = new IllegalStateException("second");
            RuntimeException thrown = assertThrows(
                    IllegalStateException.class, () -> await(firstSuccess(failing(2, second), failing(1, first))));
            assertSame(first, thrown);
            assertEquals(List.of(second), List.of(thrown.getSuppressed()));
        });
    }

    @Test
    void withNothingToRunTheyAreRefused() {
        run(() -> {
            assertThrows(IllegalArgumentException.class, () -> await(race(List.<Coroutine<String>>of())));
            assertThrows(IllegalArgumentException.class, () -> await(firstSuccess(List.<Coroutine<String>>of())));
            assertThrows(IllegalArgumentException.class, () -> await(hedge(ms(1), List.<Coroutine<String>>of())));
        });
    }

    @Test
    void aHedgeStartsTheNextWhereTheFirstIsSlow() {
        virtually(() -> {
            int[] started = {0};
            Coroutine<String> request = async(() -> {
                int number = ++started[0];
                await(sleep(ms(number == 1 ? 1000 : 20)));
                return "answer " + number;
            });
            assertEquals("answer 2", await(hedge(ms(50), request, request, request)));
            assertEquals(70, now());
            assertEquals(2, started[0]);
        });
    }

    @Test
    void aHedgeStartsTheNextAtOnceWhereOneFails() {
        virtually(() -> {
            RuntimeException boom = new IllegalStateException("boom");
            assertEquals("value", await(hedge(ms(50), failing(10, boom), sleep(ms(5), "value"))));
            assertEquals(15, now());
        });
    }

    @Test
    void aQuickFirstLeavesTheRestUnstarted() {
        virtually(() -> {
            Coroutine<String> never = async(() -> {
                steps.unreached();
                return "never";
            });
            assertEquals("value", await(hedge(ms(50), sleep(ms(5), "value"), never)));
        });
    }

    @Test
    @DisplayName("136: of two that end together the first given wins, and both are over")
    void together() {
        virtually(() -> {
            Task<Integer> first = createTask(sleep(ms(5), 0));
            Task<Integer> second = createTask(sleep(ms(5), 1));
            assertEquals(0, await(firstSuccess(first, second)));
            assertTrue(first.isDone() && second.isDone());
        });
    }

    @Test
    @DisplayName("136: each cancel from outside reaches the racers, and is then thrown")
    void cancelledFromOutside() {
        virtually(() -> {
            List<String> heard = new ArrayList<>();
            Coroutine<String> stubborn = async(() -> {
                for (int i = 0; i < 2; i++) {
                    try {
                        await(sleep(ms(1000)));
                    } catch (CancelledException cancelled) {
                        heard.add(cancelled.getMessage());
                    }
                }
                return "in spite of all";
            });
            Task<String> racing = createTask(race(stubborn, sleep(ms(5000), "slow")));
            await(sleep(ms(1)));
            assertTrue(racing.cancel("one"));
            await(sleep(ms(1)));
            assertFalse(racing.isDone());
            assertTrue(racing.cancel("two"));
            assertThrows(CancelledException.class, () -> await(racing));
            assertEquals(
                    List.of("one", "two"),
                    heard.stream().map(m -> m == null ? "one" : m).toList());
        });
    }

    @Test
    void throughAFutureTheyAreCancelledBothWays() {
        CompletableFuture<String> future =
                race(sleep(ms(60_000), "a"), sleep(ms(60_000), "b")).toFuture();
        assertTrue(future.cancel(true));
        assertEquals(
                "c",
                firstSuccess(sleep(ms(1), "c"), sleep(ms(60_000), "d"))
                        .toFuture()
                        .join());
    }
}
