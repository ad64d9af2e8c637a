package dev.jawait.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawait.http.ClientListener;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.RequestInfo;
import dev.jawait.runtime.loop.EventLoops;
import dev.jawait.runtime.net.Dialing;
import dev.jawait.runtime.net.Dns;
import dev.jawait.runtime.net.TlsContext;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Loops and transports for a test; looks afterwards that nothing is left of them. */
abstract class TransportFixture {
    static {
        System.setProperty("io.netty.leakDetection.level", "paranoid");
    }

    final EventLoops loops = new EventLoops(2, "test", Duration.ZERO, false);
    final ExecutorService blocking = Executors.newCachedThreadPool();
    final TransportSettings settings = new TransportSettings();
    Lookup lookup = host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    private @Nullable Transport transport;

    /** Looks hosts up, as the JDK does. */
    interface Lookup {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /** What the transport will be made with. */
    static final class TransportSettings {
        int limit = 100;
        int limitPerHost;
        Duration keepAlive = Duration.ofSeconds(15);

        @Nullable
        Duration maxAge;

        Duration dnsTtl = Duration.ofSeconds(10);
        Dialing dialing = Dialing.DEFAULT;

        @Nullable
        SSLContext ssl;

        @Nullable
        ClientListener listener;
    }

    Transport transport() {
        if (transport == null) {
            transport = new Transport(loops, config(), blocking);
        }
        return transport;
    }

    private TransportConfig config() {
        Lookup used = lookup;
        return new TransportConfig(
                settings.limit,
                settings.limitPerHost,
                settings.keepAlive,
                settings.maxAge,
                HeadLimits.DEFAULT,
                64 * 1024,
                new TlsChoice(TlsContext.of(settings.ssl)),
                new Dns(host -> List.of(used.lookUp(host)), settings.dnsTtl, Duration.ZERO),
                settings.dialing);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Transport closing = transport();
        closing.close();
        assertEquals(0, closing.stats().open());
        assertEquals(0, closing.stats().inUse());
        assertEquals(0, closing.stats().waiting());
        Waiting.until("timers to be gone", () -> loops.pendingTimers() == 0);
        loops.close();
        blocking.shutdown();
    }

    static WireRequest request(String method, ScriptedServer server, String target, byte @Nullable [] body) {
        return request(method, new Origin(false, "localhost", server.port()), target, new DefaultHttpHeaders(), body);
    }

    static WireRequest request(
            String method, Origin origin, String target, HttpHeaders headers, byte @Nullable [] body) {
        URI url = URI.create(origin + "/");
        WireBody wire = body == null ? null : new WireBody.Bytes(body);
        return new WireRequest(
                method, Route.direct(origin), target, headers, wire, new RequestInfo(method, url, 0, 1, null));
    }

    static Limits limits(ClientTimeout timeout) {
        return new Limits(System.nanoTime(), timeout);
    }

    Recorder send(WireRequest request, ClientTimeout timeout, boolean greedy) {
        Recorder recorder = new Recorder(greedy);
        recorder.sentBy(transport(), request, limits(timeout), settings.listener);
        return recorder;
    }

    Recorder send(WireRequest request) {
        return send(request, ClientTimeout.DEFAULT, true);
    }

    Recorder get(ScriptedServer server) {
        return send(request("GET", server, "/", null));
    }

    Recorder getLazily(ScriptedServer server) {
        return send(request("GET", server, "/", null), ClientTimeout.DEFAULT, false);
    }

    Recorder post(ScriptedServer server, byte[] body) {
        return send(request("POST", server, "/", body));
    }

    void awaitInUse(int count) throws InterruptedException {
        Waiting.until("connections in use: " + count, () -> transport().stats().inUse() == count);
    }

    void awaitIdle(int count) throws InterruptedException {
        Waiting.until("idle connections: " + count, () -> transport().stats().idle() == count);
    }
}
