package dev.jawait.runtime.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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
        writeLast(
                file.length() == 0
                        ? Unpooled.EMPTY_BUFFER
                        : new DefaultFileRegion(file.path().toFile(), 0, file.length()));
    }

    @Override
    void failed(Throwable cause) {
        File body = file.path().toFile();
        if (!body.canRead() || body.length() < file.length()) {
            events.bodyFailed(new IOException("the file " + body + " is gone, or shorter than it was", cause));
        }
    }
}
