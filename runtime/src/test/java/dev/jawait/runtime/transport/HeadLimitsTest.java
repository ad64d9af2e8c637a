package dev.jawait.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Case 65, at the decoder: {@code test_max_line_size}, {@code test_max_field_size}, {@code test_max_headers}. */
class HeadLimitsTest {
    private static boolean isRead(HeadLimits limits, String line, String fields) {
        ResponseDecoder decoder = new ResponseDecoder(limits);
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        decoder.expect(false);
        String head = line + "\r\n" + fields + "Content-Length: 0\r\n\r\n";
        channel.writeInbound(Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1));
        HttpObject first = channel.readInbound();
        boolean isRead = first.decoderResult().isSuccess();
        ReferenceCountUtil.release(first);
        channel.finishAndReleaseAll();
        return isRead;
    }

    private static String line(int length) {
        String start = "HTTP/1.1 200 ";
        return start + "x".repeat(length - start.length());
    }

    private static String field(int length) {
        return "A: " + "x".repeat(length - 1) + "\r\n";
    }

    private static String fields(int count) {
        return "A: x\r\n".repeat(count - 1);
    }

    @Test
    void theDefaultsAreThoseOfAiohttp() {
        HeadLimits limits = HeadLimits.DEFAULT;
        assertEquals(new HeadLimits(8190, 8190, 128), limits);
        assertTrue(isRead(limits, line(8190), ""));
        assertTrue(!isRead(limits, line(8191), ""));
        assertTrue(isRead(limits, line(20), field(8190)));
        assertTrue(!isRead(limits, line(20), field(8191)));
        assertTrue(isRead(limits, line(20), fields(128)));
        assertTrue(!isRead(limits, line(20), fields(129)));
    }

    @Test
    void narrowerLimitsHold() {
        HeadLimits limits = new HeadLimits(30, 20, 3);
        assertTrue(isRead(limits, line(30), field(20) + field(20)));
        assertTrue(!isRead(limits, line(31), ""));
        assertTrue(!isRead(limits, line(30), field(21)));
        assertTrue(!isRead(limits, line(30), fields(4)));
    }

    @Test
    void widerLimitsAreNotCutShortByTheSizeOfAll() {
        HeadLimits limits = new HeadLimits(100_000, 500_000, 20_000);
        assertTrue(isRead(limits, line(100_000), field(500_000) + fields(19_999)));
        assertTrue(!isRead(limits, line(100_001), ""));
        assertTrue(!isRead(limits, line(20), field(500_001)));
        assertTrue(!isRead(limits, line(20), fields(20_001)));
        assertTrue(isRead(new HeadLimits(100, 500_000, 2), line(20), field(499_900)));
    }

    @Test
    void allFieldsTogetherAreBounded() {
        assertTrue(isRead(HeadLimits.DEFAULT, line(20), field(8190).repeat(31)));
        assertTrue(!isRead(HeadLimits.DEFAULT, line(20), field(8190).repeat(33)));
    }

    @Test
    void limitsThatAreNotPositiveAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new HeadLimits(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeadLimits(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeadLimits(1, 1, 0));
    }
}
