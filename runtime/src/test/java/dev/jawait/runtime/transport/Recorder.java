package dev.jawait.runtime.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jawait.http.ClientListener;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Notes what it hears of an exchange; reads the whole body by itself, or only what the test asks for. */
final class Recorder implements ExchangeHandler {
    private static final int PATIENCE_SECONDS = 20;

    final CompletableFuture<WireResponse> head = new CompletableFuture<>();
    final CompletableFuture<String> body = new CompletableFuture<>();
    final List<String> pieces = new CopyOnWriteArrayList<>();
    final AtomicInteger endings = new AtomicInteger();
    final CompletableFuture<Exchange> exchange = new CompletableFuture<>();
    private final boolean greedy;
    private volatile boolean sending = true;
    volatile boolean heardWhileSending;
    private @Nullable Thread sender;

    Recorder(boolean greedy) {
        this.greedy = greedy;
    }

    void sentBy(Transport transport, WireRequest request, Limits limits, @Nullable ClientListener listener) {
        sender = Thread.currentThread();
        exchange.complete(transport.send(request, limits, listener, this));
        sending = false;
    }

    private void heard() {
        heardWhileSending |= sending && Thread.currentThread() == sender;
    }

    private void readIfGreedy() {
        if (greedy) {
            exchange.thenAccept(Exchange::read);
        }
    }

    @Override
    public void onHead(WireResponse response) {
        heard();
        head.complete(response);
        readIfGreedy();
    }

    @Override
    public void onData(ByteBuf data) {
        pieces.add(data.toString(ISO_8859_1));
        data.release();
        readIfGreedy();
    }

    @Override
    public void onEnd() {
        endings.incrementAndGet();
        body.complete(String.join("", pieces));
    }

    @Override
    public void onFailure(Throwable error) {
        heard();
        endings.incrementAndGet();
        head.completeExceptionally(error);
        body.completeExceptionally(error);
    }

    Exchange exchange() throws Exception {
        return exchange.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void read() throws Exception {
        exchange().read();
    }

    void cancel() throws Exception {
        exchange().cancel();
    }

    WireResponse head() throws Exception {
        return head.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String body() throws Exception {
        return body.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    Throwable failure() throws InterruptedException, TimeoutException {
        // As a value: newer JDKs wrap the CancellationException that get() throws.
        CompletableFuture<Throwable> failure =
                body.handle((text, error) -> error == null ? new AssertionError("It ended well: " + text) : error);
        try {
            return failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
