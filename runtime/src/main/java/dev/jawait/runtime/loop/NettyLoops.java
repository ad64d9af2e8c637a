package dev.jawait.runtime.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Netty's loops, with two differences. They close their channels as they end: without a quiet period, Netty's own end without
 * that where they are told to while they run what was given to them, and nobody would hear that his connection is gone. And
 * they look at sockets and timers after a millisecond: while what they run gives them more to run, Netty's own do after a second.
 */
final class NettyLoops extends MultiThreadIoEventLoopGroup {
    /** How long a loop runs what it was given while sockets and timers wait; looked at after each 64 pieces. */
    private static final int QUANTUM_MILLIS = 1;

    NettyLoops(int count, ThreadFactory threads) {
        super(count, threads, NioIoHandler.newFactory());
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... rest) {
        return new NettyLoop(this, executor, handlers);
    }

    private static final class NettyLoop extends SingleThreadIoEventLoop {
        private boolean turned;

        NettyLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
            super(
                    parent,
                    executor,
                    handlers,
                    DEFAULT_MAX_PENDING_TASKS,
                    RejectedExecutionHandlers.reject(),
                    QUANTUM_MILLIS);
        }

        /** Not before one more turn, which closes the channels. */
        @Override
        protected boolean confirmShutdown() {
            if (!isShuttingDown() || turned) {
                return super.confirmShutdown();
            }
            turned = true;
            // Something to do, so that the turn does not wait for sockets.
            execute(() -> {});
            return false;
        }
    }
}
