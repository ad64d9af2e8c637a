package dev.jawait.samples.futures;

import static dev.jawait.Async.fromStage;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;

import com.sun.net.httpserver.HttpServer;
import dev.jawait.Outcome;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import dev.jawait.sync.Lock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Crawls two endless sites level by level, 10 pages at most: a request at a time to each host, and a pause before it. */
public final class PoliteCrawl {
    private static final int MAX_PAGES = 10;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Pattern LINK = Pattern.compile("href='([^']+)'");

    private final ClientSession session;
    private final Map<String, Lock> hosts = new ConcurrentHashMap<>();
    private final Set<URI> seen = new HashSet<>();

    private PoliteCrawl(ClientSession session) {
        this.session = session;
    }

    public static void main(String[] args) throws IOException {
        HttpServer site = site();
        HttpServer other = site();
        Connector connector = Connector.builder().limit(20).limitPerHost(1).build();
        ClientSession session = ClientSession.builder()
                .connector(connector)
                .raiseForStatus(true)
                .maxBodyBytes(1 << 20)
                .build();
        new PoliteCrawl(session)
                .crawl(List.of(start(site), start(other)))
                .whenComplete((nothing, error) -> {
                    session.close();
                    connector.close();
                    site.stop(0);
                    other.stop(0);
                })
                .join();
    }

    /** Closing the session ends it early: what is left fails, and leads nowhere. */
    private CompletableFuture<Void> crawl(List<URI> level) {
        if (level.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        seen.addAll(level);
        return gather(level.stream().map(page -> fromStage(politely(page))).toList())
                .returnExceptions()
                .toFuture()
                .thenCompose(pages -> {
                    System.out.println(level.stream().map(URI::getPath).toList() + " broken: "
                            + pages.stream().filter(page -> !page.isSuccess()).count());
                    return crawl(pages.stream()
                            .flatMap(PoliteCrawl::found)
                            .filter(link -> seen.size() < MAX_PAGES && seen.add(link))
                            .toList());
                });
    }

    private static Stream<URI> found(Outcome<List<URI>> page) {
        return page instanceof Outcome.Success<List<URI>> success ? success.value().stream() : Stream.of();
    }

    private CompletableFuture<List<URI>> politely(URI page) {
        Lock host = hosts.computeIfAbsent(page.getAuthority(), name -> Lock.create());
        return host.acquire()
                .toFuture()
                .thenCompose(held -> links(page).whenComplete((links, error) -> host.release()));
    }

    private CompletableFuture<List<URI>> links(URI page) {
        return sleep(PAUSE)
                .toFuture()
                .thenCompose(slept -> session.request("GET", page)
                        .timeout(Duration.ofSeconds(10))
                        .text()
                        .toFuture())
                .thenApply(html -> LINK.matcher(html)
                        .results()
                        .map(link -> page.resolve(link.group(1)))
                        .toList());
    }

    /** Each page leads to two more; page 5 is gone. */
    private static HttpServer site() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            int page = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            byte[] html = "<a href='/%d'><a href='/%d'>"
                    .formatted(2 * page, 2 * page + 1)
                    .getBytes();
            exchange.sendResponseHeaders(page == 5 ? 404 : 200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI start(HttpServer site) {
        return URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/1");
    }
}
