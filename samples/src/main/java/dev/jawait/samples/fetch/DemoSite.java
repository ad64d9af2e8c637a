package dev.jawait.samples.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The demonstration: a server of its own with pages of many kinds, the same on every run. */
final class DemoSite implements Closeable {
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final DemoServer server = new DemoServer();
    private final Random random = new Random(7);
    private final List<String> urls = new ArrayList<>();

    DemoSite() {
        add(320, () -> page(random.nextInt(200), 1 << random.nextInt(15)));
        add(24, () -> page(200 + random.nextInt(400), 1 << 16));
        add(24, () -> page(20, 20_000) + "&pause=" + (50 + random.nextInt(400)));
        add(40, () -> server.url("/moved?times=" + (1 + random.nextInt(3)) + "&delay=" + random.nextInt(60)));
        add(
                24,
                () -> page(random.nextInt(100), 300) + "&status="
                        + List.of(404, 410, 500, 503).get(random.nextInt(4)));
        add(3, () -> server.url("/circle?n=" + random.nextInt(1000)));
        add(6, () -> server.url("/hang?n=" + random.nextInt(1000)));
        add(6, () -> server.url("/broken?n=" + random.nextInt(1000)));
        add(3, DemoSite::nobodyListens);
        Collections.shuffle(urls, random);
    }

    int size() {
        return urls.size();
    }

    String address() {
        return server.url("/");
    }

    Stream<UrlLine> lines() {
        return IntStream.range(0, urls.size()).mapToObj(i -> new UrlLine(i + 1, urls.get(i)));
    }

    @Override
    public void close() {
        server.close();
    }

    private void add(int times, Supplier<String> url) {
        for (int i = 0; i < times; i++) {
            urls.add(url.get());
        }
    }

    private String page(int delay, int size) {
        return server.url("/page?delay=" + delay + "&size=" + (size + random.nextInt(size)));
    }

    /** A port that was free a moment ago. */
    private static String nobodyListens() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
