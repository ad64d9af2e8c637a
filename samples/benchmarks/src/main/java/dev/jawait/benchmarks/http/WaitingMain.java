package dev.jawait.benchmarks.http;

import dev.jawait.Async;
import dev.jawait.Task;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;

/** A process in which requests wait for a connection that is never free. */
final class WaitingMain {
    private static final int UNTIL_STABLE = 5;

    private final Connector connector;
    private final ClientSession session;
    private final String url;

    private WaitingMain(Connector connector, ClientSession session, String url) {
        this.connector = connector;
        this.session = session;
        this.url = url;
    }

    /** The URL, which answers an hour later, and the number of requests. */
    public static void main(String[] args) throws Exception {
        try (Connector connector = Connector.builder().limit(1).build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            WaitingMain main = new WaitingMain(connector, session, args[0]);
            // What is made once, whatever waits, is not counted.
            cancel(main.start(1000));
            main.measure(Integer.parseInt(args[1]));
        }
        System.exit(0);
    }

    private void measure(int count) throws InterruptedException {
        long before = live();
        List<Task<byte[]>> tasks = start(count);
        System.out.printf("%,d requests wait, %,d bytes of heap each%n", count, (live() - before) / count);
        cancel(tasks);
        tasks = List.of();
        System.out.printf("When they have been cancelled, %,d bytes are left of each%n", (live() - before) / count);
    }

    private List<Task<byte[]>> start(int count) throws InterruptedException {
        List<Task<byte[]>> tasks = IntStream.range(0, count)
                .mapToObj(i -> session.get(url).bytes().start())
                .toList();
        while (connector.stats().waiting() < count - 1) {
            Thread.sleep(1);
        }
        return tasks;
    }

    private static void cancel(List<Task<byte[]>> tasks) {
        tasks.forEach(Task::cancel);
        Async.run(Async.waitUntil(tasks));
    }

    /** Bytes of the heap that are in use, once collecting makes them no fewer. */
    private static long live() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int since = 0; since < UNTIL_STABLE; since++) {
            System.gc();
            Thread.sleep(100);
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (now < least) {
                least = now;
                since = 0;
            }
        }
        return least;
    }
}
