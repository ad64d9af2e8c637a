package dev.jawait.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerHeapTest {
    private final TimerHeap heap = new TimerHeap();
    private final TreeSet<Timer> sorted = new TreeSet<>();
    private final List<Timer> made = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theEarliestIsFirstWhateverComesAndGoes(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5000; step++) {
            if (random.nextInt(5) < 3) {
                add(new Timer(new VirtualTimers(), random.nextInt(50), step, () -> {}));
            } else {
                removeAny(random);
            }
            compare();
        }
        while (!sorted.isEmpty()) {
            Timer first = sorted.first();
            assertSame(first, heap.first());
            remove(first);
        }
        compare();
        assertNull(heap.first());
    }

    private void add(Timer timer) {
        heap.add(timer);
        sorted.add(timer);
        made.add(timer);
    }

    /** Also one that was taken out before. */
    private void removeAny(Random random) {
        if (!made.isEmpty()) {
            remove(made.get(random.nextInt(made.size())));
        }
    }

    private void remove(Timer timer) {
        heap.remove(timer);
        sorted.remove(timer);
    }

    private void compare() {
        assertEquals(sorted.size(), heap.size());
        assertSame(sorted.isEmpty() ? null : sorted.first(), heap.first());
    }
}
