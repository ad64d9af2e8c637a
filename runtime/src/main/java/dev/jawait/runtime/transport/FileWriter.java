package dev.jawait.runtime.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.DefaultFileRegion;
import java.io.File;
import java.io.IOException;

/** Sends a file without copying it into the process. */
final class FileWriter extends BodyWriter {
    private final WireBody.File file;

    FileWriter(WireBody.File file, Channel channel, WriterEvents events) {
        super(channel, events);
        this.file = file;
    }

    @Override
    void start() {
        if (file.length() == 0) {
            writeLast(Unpooled.EMPTY_BUFFER);
        } else {
            writeLast(new DefaultFileRegion(file.path().toFile(), 0, file.length()), progress());
        }
    }

    private ChannelProgressivePromise progress() {
        return channel.newProgressivePromise().addListener(new ChannelProgressiveFutureListener() {
            @Override
            public void operationProgressed(ChannelProgressiveFuture future, long sent, long total) {
                events.writing();
            }

            @Override
            public void operationComplete(ChannelProgressiveFuture future) {
                // Heard of as all bodies are.
            }
        });
    }

    @Override
    void failed(Throwable cause) {
        File body = file.path().toFile();
        if (!body.canRead() || body.length() < file.length()) {
            events.bodyFailed(new IOException("the file " + body + " is gone, or shorter than it was", cause));
        }
    }
}
