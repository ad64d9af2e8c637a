package dev.jawait.spi;

import dev.jawait.http.Multipart;
import dev.jawait.http.RequestBody;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;

/** The bodies behind {@link RequestBody} and {@link Multipart}; its methods are documented there. */
public interface RequestBodies {
    RequestBody bytes(byte[] bytes, String contentType);

    RequestBody file(Path file, String contentType);

    RequestBody stream(Callable<? extends InputStream> open);

    RequestBody stream(InputStream stream);

    RequestBody chunks(Iterable<ByteBuffer> chunks);

    RequestBody publisher(Flow.Publisher<ByteBuffer> publisher);

    RequestBody multipart(List<Multipart.Part> parts);
}
