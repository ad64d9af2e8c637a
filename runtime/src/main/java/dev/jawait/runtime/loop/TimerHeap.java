package dev.jawait.runtime.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Timers, the earliest first: a binary heap in which each knows its place, so that one can leave from anywhere. */
final class TimerHeap {
    private @Nullable Timer[] heap = new Timer[16];
    private int size;

    int size() {
        return size;
    }

    /** The earliest, or null. */
    @Nullable
    Timer first() {
        return heap[0];
    }

    void add(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        rise(size++, timer);
    }

    /** Takes {@code timer} out, if it is in. */
    void remove(Timer timer) {
        int place = timer.place;
        if (place == Timer.NOWHERE) {
            return;
        }
        timer.place = Timer.NOWHERE;
        Timer last = heap[--size];
        heap[size] = null;
        if (last != null && last != timer) {
            sink(place, last);
            if (last.place == place) {
                rise(place, last);
            }
        }
    }

    private void rise(int from, Timer timer) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / 2;
            Timer above = heap[parent];
            if (above == null || timer.compareTo(above) >= 0) {
                break;
            }
            put(place, above);
            place = parent;
        }
        put(place, timer);
    }

    private void sink(int from, Timer timer) {
        int place = from;
        Timer child;
        while ((child = earlierChild(place)) != null && child.compareTo(timer) < 0) {
            int below = child.place;
            put(place, child);
            place = below;
        }
        put(place, timer);
    }

    private @Nullable Timer earlierChild(int place) {
        int left = 2 * place + 1;
        if (left >= size) {
            return null;
        }
        Timer one = heap[left];
        Timer other = left + 1 < size ? heap[left + 1] : null;
        return one == null || other == null || one.compareTo(other) < 0 ? one : other;
    }

    private void put(int place, Timer timer) {
        heap[place] = timer;
        timer.place = place;
    }
}
