package dev.jawait.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * No client, but what a request costs the system: one thread sends the same bytes again and again, over as many sockets as
 * requests are asked for at once, and looks for the last byte of the answer.
 */
final class Floor implements Client {
    private final Selector selector;
    private final int atOnce;
    private final List<Lane> lanes = new ArrayList<>();
    private int underWay;

    Floor(Settings settings) throws IOException {
        selector = Selector.open();
        atOnce = settings.workload().atOnce();
    }

    /** Whether {@code workload} is plain GETs of the small page, none of which waits. */
    static boolean does(Workload workload) {
        return !workload.tls()
                && workload.reuse()
                && !workload.delayed()
                && workload.body() == null
                && workload.atOnce() <= workload.connections()
                && workload.targets().equals(Workload.here("/small"));
    }

    @Override
    public void run(Job job, Recorder recorder) throws IOException {
        while (lanes.size() < atOnce) {
            lanes.add(new Lane(URI.create(job.url(0))));
        }
        for (Lane lane : lanes) {
            lane.send();
        }
        while (underWay > 0) {
            selector.select(key -> ((Lane) key.attachment()).receive(job, recorder));
        }
    }

    @Override
    public void close() {
        try {
            for (Lane lane : lanes) {
                lane.channel.close();
            }
            selector.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private final class Lane {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(4096);
        private long start;

        Lane(URI uri) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            byte[] bytes = ("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                            + "\r\nAccept: */*\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            request = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        }

        void send() throws IOException {
            start = System.nanoTime();
            request.flip();
            channel.write(request);
            underWay++;
        }

        void receive(Job job, Recorder recorder) {
            try {
                if (channel.read(answer) < 0) {
                    throw new EOFException("The server has closed a connection");
                }
                if (answer.get(answer.position() - 1) == '!') {
                    answer.clear();
                    underWay--;
                    recorder.answered(start, 200, 1);
                    if (!job.isOver()) {
                        send();
                    }
                }
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
    }
}
