package dev.jawait.benchmarks.http;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientListener;
import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import dev.jawait.http.RequestBody;
import dev.jawait.http.TlsSettings;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session as the workload asks for it, and its requests. */
final class JawaitSession implements AutoCloseable {
    private final Workload workload;
    private final Connector connector;
    private final ClientSession session;

    JawaitSession(Settings settings, @Nullable ClientListener listener) {
        this.workload = settings.workload();
        this.connector = Connector.builder()
                .limit(settings.connections())
                .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                .tls(TlsSettings.builder().trust(settings.certificate()).build())
                .build();
        ClientSession.Builder builder =
                ClientSession.builder().connector(connector).raiseForStatus(true);
        this.session = (listener == null ? builder : builder.listener(listener)).build();
    }

    ClientSession session() {
        return session;
    }

    ClientRequest request(String url) {
        ClientRequest request = workload.body() == null
                ? session.get(url)
                : session.post(url).body(RequestBody.text(workload.body()).withContentType("application/json"));
        return workload.reuse() ? request : request.header("Connection", "close");
    }

    Coroutine<byte[]> bytes(String url) {
        return request(url).bytes();
    }

    @Override
    public void close() {
        session.close();
        connector.close();
    }
}
