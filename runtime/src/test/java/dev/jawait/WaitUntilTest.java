package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class WaitUntilTest {
    private static Task<String> failing(long after) {
        return createTask(async(() -> {
            await(sleep(ms(after)));
            throw new IllegalStateException("boom");
        }));
    }

    @Test
    @DisplayName("21: an empty set is refused")
    void ofNothing() {
        assertThrows(IllegalArgumentException.class, () -> waitUntil(List.<Task<String>>of()));
    }

    @Test
    @DisplayName("a coroutine that a cast got past the compiler is refused, and the message says what to do")
    void ofACoroutine() {
        @SuppressWarnings("unchecked")
        List<Task<String>> disguised = (List<Task<String>>) (List<?>) List.of(sleep(ms(1), "a"));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> waitUntil(disguised));
        assertEquals(
                "waitUntil takes tasks, and sleep is a coroutine: start it with createTask(…) or start(), and look for that"
                        + " task in the result",
                refused.getMessage());
    }

    @Test
    @DisplayName("22: the same task twice counts once")
    void duplicates() {
        virtually(() -> {
            Task<String> task = createTask(sleep(ms(1), "a"));
            WaitResult<String> result = await(waitUntil(List.of(task, task)));
            assertEquals(Set.of(task), result.done());
            assertEquals(Set.of(), result.pending());
        });
    }

    @Test
    @DisplayName("23: FIRST_COMPLETED returns with the fast one; the slow one runs on")
    void firstCompleted() {
        virtually(() -> {
            Task<String> slow = createTask(sleep(ms(100), "slow"));
            Task<String> fast = createTask(sleep(ms(10), "fast"));
            WaitResult<String> result = await(waitUntil(ReturnWhen.FIRST_COMPLETED, slow, fast));
            assertEquals(Set.of(fast), result.done());
            assertEquals(Set.of(slow), result.pending());
            assertEquals(10, now());
            assertEquals("slow", await(slow));
        });
    }

    @Test
    @DisplayName("24: what ends together with the first is in done too")
    void reallyDone() {
        virtually(() -> {
            Task<String> one = createTask(sleep(ms(10), "one"));
            Task<String> two = createTask(sleep(ms(10), "two"));
            assertEquals(
                    Set.of(one, two),
                    await(waitUntil(ReturnWhen.FIRST_COMPLETED, one, two)).done());
        });
    }

    @Test
    void firstCompletedCountsACancel() {
        virtually(() -> {
            Task<String> one = createTask(sleep(ms(100), "one"));
            Task<String> two = createTask(sleep(ms(200), "two"));
            one.cancel();
            assertEquals(
                    Set.of(one),
                    await(waitUntil(ReturnWhen.FIRST_COMPLETED, one, two)).done());
            assertEquals(0, now());
        });
    }

    @Test
    @DisplayName("25: FIRST_EXCEPTION returns at once where one has failed already")
    void alreadyFailed() {
        virtually(() -> {
            Task<String> failed = failing(1);
            Task<String> other = createTask(sleep(ms(100), "other"));
            await(sleep(ms(5)));
            assertEquals(
                    Set.of(failed),
                    await(waitUntil(ReturnWhen.FIRST_EXCEPTION, failed, other)).done());
            assertEquals(5, now());
            assertNotNull(failed.exception());
        });
    }

    @Test
    @DisplayName("26: FIRST_EXCEPTION returns when the error comes")
    void firstException() {
        virtually(() -> {
            Task<String> ok = createTask(sleep(ms(5), "ok"));
            Task<String> failing = failing(10);
            Task<String> slow = createTask(sleep(ms(100), "slow"));
            WaitResult<String> result = await(waitUntil(ReturnWhen.FIRST_EXCEPTION, ok, failing, slow));
            assertEquals(List.of(ok, failing), List.copyOf(result.done()));
            assertEquals(10, now());
            assertNotNull(failing.exception());
        });
    }

    @Test
    void firstExceptionTakesNoCancelForAFailure() {
        virtually(() -> {
            Task<String> cancelled = createTask(sleep(ms(100), "never"));
            Task<String> slow = createTask(sleep(ms(50), "slow"));
            cancelled.cancel();
            assertEquals(
                    2,
                    await(waitUntil(ReturnWhen.FIRST_EXCEPTION, cancelled, slow))
                            .done()
                            .size());
            assertEquals(50, now());
        });
    }

    @Test
    @DisplayName("27: ALL_COMPLETED throws nothing of what the tasks threw, and may be asked again")
    void withAnError() {
        virtually(() -> {
            Task<String> failing = failing(10);
            Task<String> ok = createTask(sleep(ms(20), "ok"));
            WaitUntil<String> both = waitUntil(List.of(failing, ok));
            assertEquals(2, await(both).done().size());
            assertEquals("boom", failing.exception().getMessage());
            assertEquals(2, await(both).done().size());
            assertEquals(20, now());
        });
    }

    @Test
    @DisplayName("28, 29: at its limit it returns what is done, with what ends at that very moment, without an error")
    void timeout() {
        virtually(() -> {
            Task<String> early = createTask(sleep(ms(100), "early"));
            Task<String> late = createTask(sleep(ms(150), "late"));
            await(sleep(Duration.ZERO));
            WaitResult<String> result = await(waitUntil(List.of(early, late)).timeout(ms(100)));
            assertEquals(Set.of(early), result.done());
            assertEquals(Set.of(late), result.pending());
            assertEquals(100, now());
            assertEquals(0, late.cancelling());
        });
    }

    @Test
    void aTimeoutOfZeroOrLessReturnsWhatIsDone() {
        virtually(() -> {
            Task<String> done = createTask(sleep(ms(1), "done"));
            await(done);
            Task<String> running = createTask(sleep(ms(100), "running"));
            assertEquals(
                    Set.of(done),
                    await(waitUntil(List.of(done, running)).timeout(Duration.ZERO))
                            .done());
            assertEquals(
                    Set.of(done),
                    await(waitUntil(List.of(done, running)).timeout(ms(-1))).done());
            assertEquals(1, now());
        });
    }

    @Test
    @DisplayName("31: cancelling the waiter leaves the tasks")
    void cancel() {
        virtually(() -> {
            Task<String> inner = createTask(sleep(ms(100), "inner"));
            Task<WaitResult<String>> waiter = createTask(waitUntil(List.of(inner)));
            await(sleep(ms(1)));
            waiter.cancel();
            assertThrows(CancelledException.class, () -> await(waiter));
            assertEquals("inner", await(inner));
        });
    }

    @Test
    void theResultKeepsTheOrderGivenAndCannotBeChanged() {
        virtually(() -> {
            Task<Integer> a = createTask(sleep(ms(3), 1));
            Task<Integer> b = createTask(sleep(ms(2), 2));
            Task<Integer> c = createTask(sleep(ms(1), 3));
            Set<Task<Integer>> done = await(waitUntil(List.of(a, b, c))).done();
            assertEquals(List.of(a, b, c), List.copyOf(done));
            assertThrows(UnsupportedOperationException.class, done::clear);
        });
    }

    @Test
    @DisplayName("A loop over what is pending hands out each task once, in the order they end")
    void loopOverPending() {
        virtually(() -> {
            List<Task<Long>> tasks = Stream.of(30L, 10L, 20L, 10L)
                    .map(millis -> createTask(sleep(ms(millis), millis)))
                    .toList();
            List<Set<Task<Long>>> turns = new ArrayList<>();
            for (Set<Task<Long>> pending = Set.copyOf(tasks); !pending.isEmpty(); ) {
                WaitResult<Long> result = await(waitUntil(ReturnWhen.FIRST_COMPLETED, pending));
                turns.add(result.done());
                pending = result.pending();
            }
            assertEquals(
                    List.of(Set.of(tasks.get(1), tasks.get(3)), Set.of(tasks.get(2)), Set.of(tasks.get(0))), turns);
        });
    }

    @Test
    @DisplayName("The pending set stays what it was, whatever ends and is waited for later")
    void pendingIsASnapshot() {
        virtually(() -> {
            Task<String> slow = createTask(sleep(ms(30), "slow"));
            Task<String> fast = createTask(sleep(ms(10), "fast"));
            Set<Task<String>> first =
                    await(waitUntil(ReturnWhen.FIRST_COMPLETED, slow, fast)).pending();
            Set<Task<String>> second = await(waitUntil(first)).pending();
            assertEquals(Set.of(slow), first);
            assertEquals(List.of(slow), List.copyOf(first));
            assertTrue(first.contains(slow) && !first.contains(fast));
            assertEquals(Set.of(), second);
            assertThrows(UnsupportedOperationException.class, first::clear);
        });
    }

    @Test
    @DisplayName("Another wait in between does not disturb a loop over what is pending")
    void interleavedWaits() {
        virtually(() -> {
            Task<String> slow = createTask(sleep(ms(30), "slow"));
            Task<String> fast = createTask(sleep(ms(10), "fast"));
            Task<String> other = createTask(sleep(ms(15), "other"));
            Set<Task<String>> pending =
                    await(waitUntil(ReturnWhen.FIRST_COMPLETED, slow, fast)).pending();
            assertEquals(Set.of(other), await(waitUntil(List.of(other))).done());
            assertEquals(Set.of(slow), await(waitUntil(pending)).done());
            assertEquals(30, now());
        });
    }

    @Test
    @DisplayName("30: tasks may come from anything that can be iterated, read once")
    void lazyInput() {
        virtually(() -> {
            Iterable<Task<Integer>> once = IntStream.range(0, 3).mapToObj(i -> createTask(sleep(ms(i), i)))::iterator;
            assertEquals(3, await(waitUntil(once)).done().size());
        });
    }
}
