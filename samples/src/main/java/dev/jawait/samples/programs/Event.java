package dev.jawait.samples.programs;

/**
 * What happened at a moment.
 *
 * @param millis since the start of the program
 * @param node the id of the node it happened in
 * @param what the event
 */
record Event(long millis, int node, String what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
        int byTime = Long.compare(millis, other.millis);
        int byNode = byTime != 0 ? byTime : Integer.compare(node, other.node);
        return byNode != 0 ? byNode : what.compareTo(other.what);
    }

    @Override
    public String toString() {
        return "%5d ms  node %d: %s".formatted(millis, node, what);
    }
}
