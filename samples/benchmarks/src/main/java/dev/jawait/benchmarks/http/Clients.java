package dev.jawait.benchmarks.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** All clients there are. */
enum Clients {
    JAWAIT("Jawait, gather", JawaitGather::new),
    JAWAIT_DIRECT("Jawait, direct style", JawaitDirect::new),
    JAWAIT_FUTURES("Jawait, futures", JawaitFutures::new),
    JAWAIT_KOTLIN("Jawait, suspend", JawaitSuspend::new),
    JAWAIT_KTOR("Jawait under Ktor", settings -> KtorClient.overJawait(settings)),
    KTOR_CIO("Ktor CIO", settings -> KtorClient.overCio(settings)),
    JDK("java.net.http", JdkClient::new),
    OKHTTP("OkHttp", OkHttp::new),
    APACHE("Apache HttpClient async", ApacheAsync::new),
    REACTOR("Reactor Netty", ReactorNetty::new),
    VERTX("Vert.x", Vertx::new),
    AIOHTTP("aiohttp", settings -> {
        throw new IllegalStateException("aiohttp runs in Python");
    }),
    NETTY("(no client: Netty)", NettyAlone::new),
    FLOOR("(no client: the floor)", Floor::new);

    /** Makes a client. */
    interface Factory {
        Client make(Settings settings) throws Exception;
    }

    private final String title;
    private final Factory factory;

    Clients(String title, Factory factory) {
        this.title = title;
        this.factory = factory;
    }

    String title() {
        return title;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean does(Workload workload) {
        return switch (this) {
            case AIOHTTP -> Aiohttp.isInstalled();
            case NETTY, FLOOR -> Floor.does(workload);
            default -> true;
        };
    }

    Client make(Settings settings) throws Exception {
        return factory.make(settings);
    }

    static Clients of(String id) {
        return Arrays.stream(values())
                .filter(client -> client.id().equals(id.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No client " + id + "; there are: "
                        + Arrays.stream(values()).map(Clients::id).collect(Collectors.joining(", "))));
    }
}
