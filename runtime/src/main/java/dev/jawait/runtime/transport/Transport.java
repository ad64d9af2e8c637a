package dev.jawait.runtime.transport;

import dev.jawait.http.ClientException;
import dev.jawait.http.ClientListener;
import dev.jawait.http.PoolStats;
import dev.jawait.runtime.loop.EventLoops;
import dev.jawait.runtime.loop.Loop;
import dev.jawait.runtime.net.Connecting;
import dev.jawait.runtime.net.Resolver;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends requests over pooled connections. Safe from any thread. */
public final class Transport implements AutoCloseable {
    private final EventLoops loops;
    private final ConnectionPool<Connection> pool;
    private final Resolver resolver;
    private final Routes routes;
    private final long keepAliveNanos;

    /** @param blocking runs what blocks: the look-up of hosts, the check of certificates */
    public Transport(EventLoops loops, TransportConfig config, Executor blocking) {
        this(loops, config, blocking, InetAddress::getAllByName);
    }

    Transport(EventLoops loops, TransportConfig config, Executor blocking, Resolver.Lookup lookup) {
        this.loops = loops;
        this.pool = new ConnectionPool<>(config.limit(), config.limitPerHost());
        this.resolver = new Resolver(lookup, blocking);
        this.routes = new Routes(config.tls(), blocking);
        this.keepAliveNanos =
                TimeUnit.SECONDS.toNanos(Math.min(config.keepAliveTimeout().toSeconds(), Integer.MAX_VALUE))
                        + config.keepAliveTimeout().toNanosPart();
    }

    ConnectionPool<Connection> pool() {
        return pool;
    }

    Resolver resolver() {
        return resolver;
    }

    /** How a connection of {@code route} is opened. */
    Connecting.Target target(Route route) {
        return routes.target(route);
    }

    long keepAliveNanos() {
        return keepAliveNanos;
    }

    /**
     * Sends {@code request}. Does not block and does not throw for what is wrong with the request: the handler hears that,
     * too, and never before this has returned.
     *
     * @param listener null: none
     */
    public Exchange send(
            WireRequest request, Limits limits, @Nullable ClientListener listener, ExchangeHandler handler) {
        Loop loop = loops.preferred();
        try {
            RequestHead head = new RequestHead(request, keepAliveNanos > 0);
            HttpExchange exchange = new HttpExchange(this, loop, request, head, limits, listener, handler);
            exchange.begin();
            return exchange;
        } catch (ClientException e) {
            return refuse(loop, new Progress(listener, request.info()), e, handler);
        }
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
