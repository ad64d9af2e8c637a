package dev.jawait.runtime.transport;

import dev.jawait.CancelledException;
import dev.jawait.http.Phase;
import dev.jawait.http.RequestInfo;
import dev.jawait.runtime.loop.Loop;
import dev.jawait.runtime.net.Connecting;
import io.netty.channel.Channel;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The opening of one connection ahead of need, in a place that it was given. On its loop. */
final class Warming extends Claim<Connection> implements Connecting.Client {
    private final Transport transport;
    private final Loop loop;
    private final Deadlines deadlines;
    private final Consumer<@Nullable Throwable> whenOver;
    private final Connecting connecting;
    private final RequestInfo info;
    private Phase phase = Phase.POOL;
    private boolean over;

    /** @param whenOver hears what stopped it, null if it has opened the connection */
    Warming(Transport transport, Loop loop, Route route, Limits limits, Consumer<@Nullable Throwable> whenOver) {
        super(route);
        this.transport = transport;
        this.loop = loop;
        this.deadlines = new Deadlines(limits, this::checkLimits);
        this.whenOver = whenOver;
        this.info = new RequestInfo("warmUp", URI.create(route.origin().toString()), 0, 1, null);
        this.connecting =
                new Connecting(transport.target(route), transport.config().dialing(), loop, this);
    }

    void begin() {
        loop.execute(() -> {
            if (!over) {
                deadlines.watch(loop.timers());
                connecting.start(transport.resolver());
            }
        });
    }

    void cancel() {
        loop.execute(() -> fail(new CancelledException(null)));
    }

    @Override
    public void enter(Connecting.Step step) {
        phase = Progress.phase(step);
        deadlines.enter(phase);
        deadlines.watch(loop.timers());
    }

    @Override
    public void attemptSince(long nanoTime) {
        deadlines.attemptSince(nanoTime);
        deadlines.watch(loop.timers());
    }

    @Override
    public void connected(Channel channel) {
        Connection opened = transport.connection(route(), loop, channel);
        if (transport.pool().established(this, opened)) {
            over = true;
            deadlines.cancel();
            opened.idleFromTheStart();
            whenOver.accept(null);
        } else {
            opened.abort();
            fail(Failures.closed());
        }
    }

    @Override
    public void connectFailed(Connecting.Step at, Throwable cause) {
        fail(Failures.connecting(route(), info, at, cause));
    }

    private void checkLimits() {
        if (over) {
            return;
        }
        if (!deadlines.due()) {
            deadlines.watch(loop.timers());
        } else if (!deadlines.isAttemptDue() || !connecting.attemptTimedOut()) {
            fail(timedOut());
        }
    }

    private Throwable timedOut() {
        ConnectionPool<Connection> pool = transport.pool();
        return deadlines.error(info, phase, pool.stats(), pool.stats(route().origin()));
    }

    private void fail(Throwable error) {
        if (over) {
            return;
        }
        over = true;
        deadlines.cancel();
        connecting.cancel();
        transport.pool().abandon(this);
        whenOver.accept(error);
    }

    @Override
    int loopIndex() {
        return loop.index();
    }

    @Override
    void assign(@Nullable Connection connection) {
        // It is given places alone, before it begins.
    }

    @Override
    void granted() {
        throw new IllegalStateException("It does not wait");
    }

    @Override
    void poolClosed() {
        loop.execute(() -> fail(Failures.closed()));
    }
}
