package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.use;

import com.sun.net.httpserver.HttpServer;
import dev.jawait.Coroutine;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

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
        try (Connector connector = Connector.builder().limit(20).limitPerHost(1).build();
                ClientSession session = ClientSession.builder()
                        .connector(connector)
                        .raiseForStatus(true)
                        .maxBodyBytes(1 << 20)
                        .build()) {
            run(() -> new PoliteCrawl(session).crawl(List.of(start(site), start(other))));
        } finally {
            site.stop(0);
            other.stop(0);
        }
    }

    private void crawl(List<URI> starts) {
        seen.addAll(starts);
        List<URI> level = starts;
        while (!level.isEmpty()) {
            List<Outcome<List<URI>>> pages =
                    await(gather(level.stream().map(this::links).toList()).returnExceptions());
            System.out.println(level.stream().map(URI::getPath).toList() + " broken: "
                    + pages.stream().filter(page -> !page.isSuccess()).count());
            level = pages.stream()
                    .filter(Outcome::isSuccess)
                    .flatMap(page -> page.get().stream())
                    .filter(link -> seen.size() < MAX_PAGES && seen.add(link))
                    .toList();
        }
    }

    private Coroutine<List<URI>> links(URI page) {
        return use(hosts.computeIfAbsent(page.getAuthority(), host -> Lock.create()), () -> {
            await(sleep(PAUSE));
            String html = await(
                    session.request("GET", page).timeout(Duration.ofSeconds(10)).text());
            return LINK.matcher(html)
                    .results()
                    .map(link -> page.resolve(link.group(1)))
                    .toList();
        });
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
