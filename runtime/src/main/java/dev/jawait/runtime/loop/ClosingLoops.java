package dev.jawait.runtime.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Netty's loops, which close their channels as they end. Without a quiet period, Netty's own end without that where they are
 * told to while they run what was given to them: nobody would hear that his connection is gone.
 */
final class ClosingLoops extends MultiThreadIoEventLoopGroup {
    ClosingLoops(int count, ThreadFactory threads) {
        super(count, threads, NioIoHandler.newFactory());
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... rest) {
        return new ClosingLoop(this, executor, handlers);
    }

    private static final class ClosingLoop extends SingleThreadIoEventLoop {
        private boolean turned;

        ClosingLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
            super(parent, executor, handlers);
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
