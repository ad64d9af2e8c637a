package dev.jawait.runtime.transport;

import dev.jawait.runtime.loop.EventLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The opening of connections ahead of need, all of them at once, on the loops in turn. */
final class WarmUp {
    private final Transport transport;
    private final EventLoops loops;
    private final Route route;
    private final Limits limits;
    private final CompletableFuture<Integer> result = new CompletableFuture<>();

    // Guarded by this.
    private int running = 1;
    private @Nullable Throwable error;

    WarmUp(Transport transport, EventLoops loops, Route route, Limits limits) {
        this.transport = transport;
        this.loops = loops;
        this.route = route;
        this.limits = limits;
    }

    CompletableFuture<Integer> start(int count) {
        List<Warming> all = reserve(count);
        all.forEach(Warming::begin);
        result.whenComplete((idle, failure) -> {
            if (result.isCancelled()) {
                all.forEach(Warming::cancel);
            }
        });
        ended(transport.isClosed() ? Failures.closed() : null);
        return result;
    }

    private synchronized List<Warming> reserve(int count) {
        List<Warming> reserved = new ArrayList<>();
        while (idle() + reserved.size() < count) {
            Warming next = new Warming(transport, loops.next(), route, limits, this::ended);
            if (!transport.pool().reserve(next)) {
                break;
            }
            reserved.add(next);
        }
        running += reserved.size();
        return reserved;
    }

    private int idle() {
        return transport.pool().idle(route);
    }

    private synchronized void ended(@Nullable Throwable failure) {
        error = error == null ? failure : error;
        if (--running > 0) {
            return;
        }
        int idle = idle();
        if (idle == 0 && error != null) {
            result.completeExceptionally(error);
        } else {
            result.complete(idle);
        }
    }
}
