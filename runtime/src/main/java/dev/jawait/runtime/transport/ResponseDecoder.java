package dev.jawait.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder, stricter: what could be read in two ways is an error. Knows whether a response is due; bytes that come
 * when none is are nobody's.
 */
final class ResponseDecoder extends HttpResponseDecoder {
    private static final int MAX_PIECE = 64 * 1024;

    private final HeadLimits limits;
    private final Trailers trailers;
    private boolean expecting;
    private boolean toHead;
    private boolean inHead;
    private boolean withoutBody;
    private boolean informational;
    private boolean heard;
    private boolean surplus;
    private int fields;

    /** What is decoded just now, and where in it the head goes on behind its first line. */
    private @Nullable ByteBuf input;

    private int fieldsStart;

    /** How many bytes the head has behind its first line, by now. */
    private int fieldBytes;

    private boolean old;
    private boolean hasLength;

    ResponseDecoder(HeadLimits limits) {
        this(limits, new Trailers());
    }

    private ResponseDecoder(HeadLimits limits, Trailers trailers) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxLineSize())
                .setMaxHeaderSize(limits.maxSize())
                .setMaxChunkSize(MAX_PIECE)
                .setAllowDuplicateContentLengths(true)
                .setStrictLineParsing(true)
                .setTrailersFactory(trailers));
        this.limits = limits;
        this.trailers = trailers;
    }

    /** A request is being sent: its response is due. */
    void expect(boolean toHead) {
        this.toHead = toHead;
        expecting = true;
        heard = false;
        startHead();
    }

    private void startHead() {
        inHead = true;
        fields = 0;
        hasLength = false;
    }

    /** Whether any byte of the response has come. */
    boolean hasHeard() {
        return heard;
    }

    /** Whether bytes came that belong to no response. */
    boolean hasSurplus() {
        return surplus;
    }

    /** Whether the response whose head came last has no body by its nature. */
    boolean isWithoutBody() {
        return withoutBody;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (!expecting) {
            surplus = true;
            in.skipBytes(in.readableBytes());
            context.close();
            return;
        }
        heard = true;
        if (inHead) {
            decodeHead(context, in, out);
        } else {
            super.decode(context, in, out);
        }
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent) {
            ended(in);
        }
    }

    private void decodeHead(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        input = in;
        fieldsStart = in.readerIndex();
        super.decode(context, in, out);
        fieldBytes += in.readerIndex() - fieldsStart;
        input = null;
        if (!out.isEmpty() && out.get(0) instanceof HttpMessage message) {
            refuseFold(message);
        }
    }

    /**
     * Netty joins a header field that goes on in the next line; others take it for two. Each line ends with two bytes, the empty
     * one behind them, too: so many lines there are, and so many fields there should be.
     */
    private void refuseFold(HttpMessage message) {
        if (message.decoderResult() instanceof HttpMessageDecoderResult sizes
                && (fieldBytes - sizes.headerSize()) / 2 - 1 > fields) {
            message.setDecoderResult(
                    DecoderResult.failure(new IllegalArgumentException("A header field goes on in the next line")));
        }
    }

    private void ended(ByteBuf in) {
        if (informational) {
            startHead();
        } else {
            expecting = false;
            surplus = in.isReadable();
        }
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        String version = initialLine[0];
        String status = initialLine[1];
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new IllegalArgumentException("Not a version of HTTP/1");
        }
        if (!isStatus(status)) {
            throw new IllegalArgumentException("Not a status code");
        }
        old = version.equals("HTTP/1.0");
        fieldsStart = Objects.requireNonNull(input).readerIndex();
        fieldBytes = 0;
        return super.createMessage(initialLine);
    }

    private static boolean isStatus(String text) {
        return text.length() == 3
                && text.charAt(0) >= '1'
                && text.charAt(0) <= '9'
                && isDigit(text.charAt(1))
                && isDigit(text.charAt(2));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        if (++fields > limits.maxHeaders()) {
            throw new TooLongHttpHeaderException("More than " + limits.maxHeaders() + " header fields");
        }
        if (line[start + length] != ':') {
            throw new IllegalArgumentException("No colon after a header's name");
        }
        AsciiString name = FieldNames.of(line, start, length);
        if (old && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
            refuseSecondLength();
        }
        return name;
    }

    /** Of HTTP/1.0 Netty takes the first, whatever the others say. */
    private void refuseSecondLength() {
        if (hasLength) {
            throw new IllegalArgumentException("More than one Content-Length");
        }
        hasLength = true;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        inHead = false;
        HttpResponse response = (HttpResponse) message;
        informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        withoutBody = informational || toHead || hasNoBody(response.status().code());
        check(response);
        return withoutBody;
    }

    private static boolean hasNoBody(int status) {
        return status == 204 || status == 304;
    }

    private void check(HttpResponse response) {
        var fields = response.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            var field = fields.next();
            if (field.getKey().length() + field.getValue().length() > limits.maxFieldSize()) {
                throw new TooLongHttpHeaderException(
                        "A header field of more than " + limits.maxFieldSize() + " characters");
            }
        }
        trailers.chunked = response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (trailers.chunked) {
            checkCodings(response);
        }
    }

    private static void checkCodings(HttpResponse response) {
        for (String coding : response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING)) {
            if (!coding.trim().equalsIgnoreCase("chunked")) {
                throw new IllegalArgumentException("A transfer coding that is not understood");
            }
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Both Content-Length and Transfer-Encoding");
    }
}
