package dev.jawait.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.Garbage;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
    private final VirtualTimers timers = new VirtualTimers();
    private final TreeSet<Timer> sorted = new TreeSet<>();
    private final List<Timer> made = new ArrayList<>();
    private final List<Timer> fired = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theEarliestIsFirstWhateverComesAndGoes(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5000; step++) {
            if (random.nextInt(5) < 3) {
                add(random.nextInt(50));
            } else {
                cancelAny(random);
            }
            compare();
        }
        List<Timer> left = List.copyOf(sorted);
        while (timers.advance()) {
            // Fires them.
        }
        assertEquals(left, fired);
        assertEquals(0, timers.size());
        assertNull(timers.first());
    }

    private void add(long deadline) {
        int number = made.size();
        Timer timer = timers.at(deadline, () -> fired.add(made.get(number)));
        sorted.add(timer);
        made.add(timer);
    }

    /** Also one that was cancelled before. */
    private void cancelAny(Random random) {
        if (!made.isEmpty()) {
            Timer timer = made.get(random.nextInt(made.size()));
            timer.cancel();
            sorted.remove(timer);
        }
    }

    private void compare() {
        assertEquals(sorted.size(), timers.size());
        assertSame(sorted.isEmpty() ? null : sorted.first(), timers.first());
    }

    @Test
    void cancelledOnesDoNotPileUpBehindOneThatIsEarlier() {
        timers.after(1, () -> {});
        List<WeakReference<Timer>> cancelled = IntStream.range(0, 1000)
                .mapToObj(i -> timers.after(1000, () -> {}))
                .peek(Timer::cancel)
                .map(WeakReference::new)
                .toList();
        assertEquals(1, timers.size());
        BooleanSupplier collected =
                () -> cancelled.stream().filter(timer -> timer.refersTo(null)).count() >= 800;
        Garbage.collectUntil(collected, 20_000);
        assertTrue(collected.getAsBoolean());
    }

    @Test
    void oneThatHasFiredCanBeCancelledWithoutEffect() {
        Timer timer = timers.after(1, () -> {});
        timers.advance();
        timer.cancel();
        assertEquals(0, timers.size());
        assertFalse(timers.advance());
    }
}
