package dev.jawait.benchmarks.plot;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one thing costs.
 *
 * @param costs by how many there are
 */
public record Line(String name, SortedMap<Integer, Double> costs) {
    public Line(String name) {
        this(name, new TreeMap<>());
    }

    public void add(int count, double cost) {
        costs.put(count, cost);
    }
}
