package dev.jawait.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {
    @ParameterizedTest
    @CsvSource({
        "http://squid.test:3128, http, squid.test, 3128",
        "http://squid.test, http, squid.test, 80",
        "HTTPS://Squid.Test/, https, squid.test, 443",
        "socks5://my_proxy, socks5, my_proxy, 1080",
        "socks5h://10.0.0.1:9050, socks5, 10.0.0.1, 9050",
        "socks4a://p, socks4, p, 1080",
        "http://[::1]:3128, http, ::1, 3128",
        "http://bücher.test:1, http, xn--bcher-kva.test, 1"
    })
    void aUrlSaysHowAndWhere(String url, String scheme, String host, int port) {
        Proxy proxy = Proxy.of(url);
        assertEquals(
                List.of(scheme, host, port, ""), List.of(proxy.scheme(), proxy.host(), proxy.port(), proxy.password()));
        assertNull(proxy.user());
    }

    @Test
    void userAndPasswordAreUnescaped() {
        Proxy proxy = Proxy.of("http://us%40er:p%3Aa+s:s@host:1");
        assertEquals("us@er", proxy.user());
        assertEquals("p:a+s:s", proxy.password());
        assertEquals("", Proxy.of("http://user@host").password());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:3128",
                "ftp://user:secret@host",
                "http://",
                "http://user:secret@",
                "http://user:secret",
                "http://user:secret@host:99999",
                "http://user:secret@host:0",
                "http://user:se/cret@host",
                "http://user:se#cret@host",
                "http://user:se%cret@host",
                "http://user:secret@ho st",
                "http://user:secret@host/path",
                "http://us%3Aer:secret@host",
                "http://user:secret%0A@host",
                "socks4://user:secret@host",
                "socks5://user:s%C3%A9cret@host"
            })
    void whatIsNoProxyIsRefusedWithoutTellingThePassword(String url) {
        String message = assertThrows(IllegalArgumentException.class, () -> Proxy.of(url))
                .getMessage();
        assertFalse(message.contains("cret"), message);
        assertFalse(message.contains("user:"), message);
    }

    @Test
    void headersAreForHttpAndValid() {
        Proxy proxy = Proxy.of("http://host").header("X-Team", "a").header("X-Team", "b");
        assertEquals(List.of("a", "b"), proxy.headers().all("x-team"));
        assertThrows(IllegalArgumentException.class, () -> proxy.header("X Team", "a"));
        assertThrows(IllegalArgumentException.class, () -> proxy.header("X-Team", "a\r\nX: y"));
        assertThrows(IllegalArgumentException.class, () -> proxy.header("Host", "a"));
        assertThrows(
                IllegalArgumentException.class, () -> Proxy.of("socks5://host").header("X", "a"));
    }

    @Test
    void proxiesAreEqualIfAllOfThemIs() {
        Proxy proxy = Proxy.of("http://user:secret@host:80").header("A", "b");
        Proxy same = Proxy.of("http://host").credentials("user", "secret").header("A", "b");
        assertEquals(proxy, same);
        assertEquals(proxy.hashCode(), same.hashCode());
        for (Proxy other : List.of(
                Proxy.of("https://user:secret@host:80").header("A", "b"),
                Proxy.of("http://user:secret@host2:80").header("A", "b"),
                Proxy.of("http://user:secret@host:81").header("A", "b"),
                Proxy.of("http://user2:secret@host:80").header("A", "b"),
                Proxy.of("http://user:secret2@host:80").header("A", "b"),
                Proxy.of("http://user:secret@host:80").header("A", "c"),
                Proxy.of("http://user:secret@host:80"),
                Proxy.of("http://host:80").header("A", "b"))) {
            assertNotEquals(proxy, other);
        }
    }

    @Test
    void itsTextHasNoSecretsInIt() {
        assertEquals(
                "http://host:80",
                Proxy.of("http://user:secret@host").header("X", "y").toString());
        assertEquals("socks5://[::1]:1080", Proxy.of("socks5://[::1]").toString());
    }
}
