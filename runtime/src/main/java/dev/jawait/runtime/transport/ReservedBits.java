package dev.jawait.runtime.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;

/**
 * Where compression was agreed on, the bit RSV1 at the start of a message stands for that (RFC 7692, section 6). All others
 * stand for nothing; Netty's decoder lets them pass once there is an extension.
 */
final class ReservedBits extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && !isAllowed(frame)) {
            frame.release();
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits were set: " + frame.rsv());
        }
        context.fireChannelRead(message);
    }

    private static boolean isAllowed(WebSocketFrame frame) {
        boolean starts = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        return frame.rsv() == 0 || starts && frame.rsv() == WebSocketExtension.RSV1;
    }
}
