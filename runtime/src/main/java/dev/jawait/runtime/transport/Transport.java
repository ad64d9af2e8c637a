package dev.jawait.runtime.transport;

import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientListener;
import dev.jawait.http.PoolStats;
import dev.jawait.runtime.loop.EventLoops;
import dev.jawait.runtime.loop.Loop;
import dev.jawait.runtime.net.CachingResolver;
import dev.jawait.runtime.net.Connecting;
import dev.jawait.runtime.net.Nanos;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends requests over pooled connections. Safe from any thread. */
public final class Transport implements AutoCloseable {
    private final EventLoops loops;
    private final TransportConfig config;
    private final ConnectionPool<Connection> pool;
    private final CachingResolver resolver;
    private final Routes routes;
    private final long keepAliveNanos;
    private final long maxAgeNanos;

    /** @param blocking runs what blocks: the look-up of hosts, the check of certificates */
    public Transport(EventLoops loops, TransportConfig config, Executor blocking) {
        this.loops = loops;
        this.config = config;
        this.pool = new ConnectionPool<>(
                config.limit(),
                config.limitPerHost(),
                loops.size(),
                loops.next().timers());
        this.resolver = new CachingResolver(config.dns(), blocking);
        this.routes = new Routes(config.tls(), blocking);
        this.keepAliveNanos = Nanos.of(config.keepAliveTimeout());
        this.maxAgeNanos = config.maxAge() == null ? Long.MAX_VALUE / 2 : Nanos.of(config.maxAge());
    }

    TransportConfig config() {
        return config;
    }

    ConnectionPool<Connection> pool() {
        return pool;
    }

    CachingResolver resolver() {
        return resolver;
    }

    /** How a connection of {@code route} is opened. */
    Connecting.Target target(Route route) {
        return routes.target(route);
    }

    /** A connection that has just been opened. */
    Connection connection(Route route, Loop loop, Channel channel) {
        ResponseDecoder decoder = new ResponseDecoder(config.head());
        return new Connection(
                route,
                loop,
                channel,
                decoder,
                pool,
                keepAliveNanos,
                loop.timers().nanoTime() + maxAgeNanos);
    }

    /**
     * Sends {@code request}. Does not block and does not throw for what is wrong with the request: the handler hears that,
     * too, and never before this has returned.
     *
     * @param listener null: none
     * @throws ClientConnectionException if the loops have ended, so that nothing can be heard any more
     */
    public Exchange send(
            WireRequest request, Limits limits, @Nullable ClientListener listener, ExchangeHandler handler) {
        if (loops.isClosed()) {
            throw new ClientConnectionException("The runner that the connector was made in is closed", null);
        }
        Loop loop = loops.preferred();
        try {
            RequestHead head = head(request);
            HttpExchange exchange = new HttpExchange(this, loop, request, head, limits, listener, handler);
            exchange.begin();
            return exchange;
        } catch (ClientException e) {
            return refuse(loop, new Progress(listener, request.info()), e, handler);
        }
    }

    RequestHead head(WireRequest request) {
        return new RequestHead(request, keepAliveNanos > 0);
    }

    private static Exchange refuse(Loop loop, Progress progress, ClientException error, ExchangeHandler handler) {
        loop.execute(() -> {
            progress.ended(error);
            handler.onFailure(error);
        });
        return new RefusedExchange();
    }

    /** What the pool holds now. */
    public PoolStats stats() {
        return pool.stats();
    }

    /** What the pool holds now, by origin. */
    public Map<String, PoolStats> statsByOrigin() {
        return pool.statsByOrigin();
    }

    /** Forgets the addresses of all hosts. */
    public void clearAddresses() {
        resolver.clear();
    }

    /**
     * Opens connections by {@code route} until {@code count} are idle, as far as there are places that nobody uses or waits for. Results in
     * how many are idle then; fails, as an exchange would, only if none is. Cancelling it closes what is being opened.
     *
     * @param limits of each; {@code total} and those of connecting
     */
    public CompletableFuture<Integer> warmUp(Route route, int count, Limits limits) {
        return keepAliveNanos > 0
                ? new WarmUp(this, loops, route, limits).start(count)
                : CompletableFuture.completedFuture(0);
    }

    /**
     * Refuses new exchanges and lets the others end. Results in true once none is left, in false if {@link #close()} comes
     * before that.
     */
    public CompletableFuture<Boolean> drain() {
        return pool.drain();
    }

    /** Whether {@link #close()} was called. */
    public boolean isClosed() {
        return pool.isClosed();
    }

    /**
     * Closes all connections, those in use and those being opened too, and fails who uses or waits for one. Does not wait
     * for that; again, it does nothing.
     */
    @Override
    public void close() {
        pool.close();
    }

    /** One that was over before it began. */
    private record RefusedExchange() implements Exchange {
        @Override
        public void read() {
            // Nothing to read.
        }

        @Override
        public void cancel() {
            // Over already.
        }
    }
}
