package dev.jawait.runtime.transport;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compression of messages (RFC 7692), as a server has agreed to it. */
public final class PerMessageDeflate {
    /** What it is offered as. Without parameters: the JDK's deflater knows one size of window. */
    public static final String OFFER = "permessage-deflate";

    private static final int LEVEL = 6;
    private static final int WINDOW_BITS = 15;
    private static final int SLACK = 64 * 1024;

    private final WebSocketClientExtension extension;

    private PerMessageDeflate(WebSocketClientExtension extension) {
        this.extension = extension;
    }

    /**
     * What {@code answer}, the header of the server's response, agrees to; null if that is not what was offered.
     *
     * @param maxBytes how long a message may be; 0: no limit
     */
    public static @Nullable PerMessageDeflate agreed(String answer, int maxBytes) {
        var handshaker = new PerMessageDeflateClientExtensionHandshaker(
                LEVEL, false, WINDOW_BITS, true, false, maxAllocation(maxBytes));
        try {
            List<WebSocketExtensionData> extensions = WebSocketExtensionUtil.extractExtensions(answer);
            WebSocketClientExtension agreed =
                    extensions.size() == 1 ? handshaker.handshakeExtension(extensions.get(0)) : null;
            return agreed == null ? null : new PerMessageDeflate(agreed);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // What Netty makes of a number that is none, and of an extension without a name.
            return null;
        }
    }

    /** Netty's inflater wants room for a little more than there is, and gives up where that is not allowed. */
    private static int maxAllocation(int maxBytes) {
        return maxBytes == 0 || maxBytes > Integer.MAX_VALUE - SLACK ? 0 : maxBytes + SLACK;
    }

    ChannelHandler decompressor() {
        return extension.newExtensionDecoder();
    }

    ChannelHandler compressor() {
        return extension.newExtensionEncoder();
    }
}
