package dev.jawait.samples.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatusServiceTest {
    @Test
    void tellsTheStatusOfEachPage() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hello", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String site = "http://127.0.0.1:" + server.getAddress().getPort();
        try (StatusService service = new StatusService()) {
            List<String> urls = List.of(site + "/hello", site + "/missing");
            assertEquals(List.of(200, 404), service.statuses(urls).get(10, TimeUnit.SECONDS));
        } finally {
            server.stop(0);
        }
    }
}
