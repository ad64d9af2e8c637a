package dev.jawait.http;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proxy: where it is, who asks it, and what it is told beside the request. Immutable; equal ones share connections.
 *
 * <p>The scheme says how the proxy is spoken to, whatever the request's own scheme is:
 * <ul>
 *   <li>{@code http}: by HTTP. Requests to http URLs are sent to it whole (RFC 9112, section 3.2.2), those to https URLs go
 *       through a tunnel that it opens (CONNECT, RFC 9110, section 9.3.6);
 *   <li>{@code https}: the same within TLS;
 *   <li>{@code socks5}, also {@code socks5h}: RFC 1928 and 1929. Names are always resolved by the proxy;
 *   <li>{@code socks4}, also {@code socks4a}: names are resolved by the proxy, too. Only a user, no password.
 * </ul>
 *
 * The credentials go to the proxy alone, as Basic ones with the first request of each connection; it need not ask for them.
 * There is never a direct connection instead of one through the proxy: a proxy that cannot be reached is a
 * {@link ClientProxyConnectionException}, one that refuses a tunnel a {@link ClientHttpProxyException}.
 */
public final class Proxy {
    private static final Map<String, String> ALIASES = Map.of("socks4a", "socks4", "socks5h", "socks5");
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "socks4", 1080, "socks5", 1080);
    private static final Set<String> SET_BY_THE_CLIENT =
            Set.of("host", "content-length", "transfer-encoding", "connection");
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private final String scheme;
    private final String host;
    private final int port;
    private final @Nullable String user;
    private final String password;
    private final Headers headers;
    private final int hash;

    private Proxy(String scheme, String host, int port, @Nullable String user, String password, Headers headers) {
        this.scheme = scheme;
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.headers = headers;
        this.hash = Objects.hash(scheme, host, port, user, password, headers);
    }

    /**
     * The proxy at {@code url}: {@code http://user:password@host:3128}. Without a port it is 80, 443 or, for SOCKS, 1080.
     * What is special to URLs in user and password is percent-encoded.
     *
     * @throws IllegalArgumentException if it is no such URL; the message shows nothing of it
     */
    public static Proxy of(String url) {
        String text = url.strip();
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 0) {
            throw invalid("there is no scheme");
        }
        String said = text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String scheme = ALIASES.getOrDefault(said, said);
        if (!PORTS.containsKey(scheme)) {
            throw invalid("the scheme is none of http, https, socks4 and socks5");
        }
        String authority = withoutPath(text.substring(schemeEnd + 3));
        int at = authority.lastIndexOf('@');
        Proxy bare = at(scheme, authority.substring(at + 1));
        return at < 0 ? bare : bare.withUserInfo(authority.substring(0, at));
    }

    private static String withoutPath(String rest) {
        String authority = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        if (authority.chars().anyMatch(c -> c == '/' || c == '?' || c == '#' || c == '\\')) {
            throw invalid("something after the host; in a password / ? # are written %2F %3F %23");
        }
        return authority;
    }

    private static Proxy at(String scheme, String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        boolean hasPort = colon > hostAndPort.lastIndexOf(']');
        String host = host(hasPort ? hostAndPort.substring(0, colon) : hostAndPort);
        int port = hasPort ? port(hostAndPort.substring(colon + 1)) : Objects.requireNonNull(PORTS.get(scheme));
        return new Proxy(scheme, host, port, null, "", Headers.of());
    }

    private static String host(String host) {
        if (host.matches("\\[[0-9A-Fa-f:.]+]")) {
            return host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT);
        }
        String ascii = ascii(host);
        if (!ascii.matches("[0-9a-z._-]+")) {
            throw invalid(host.isEmpty() ? "no host" : "a character in the host that hosts do not have");
        }
        return ascii;
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw invalid("the host is no internationalized domain name");
        }
    }

    private static int port(String digits) {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw invalid("the port is not a number from 1 to 65535");
        }
        return port;
    }

    private Proxy withUserInfo(String userInfo) {
        int colon = userInfo.indexOf(':');
        String name = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        return credentials(name, colon < 0 ? "" : decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("a % in user or password that is not followed by two hexadecimal digits");
        }
    }

    /** Shows nothing of it: there may be a password anywhere. */
    private static IllegalArgumentException invalid(String what) {
        return new IllegalArgumentException("Not the URL of a proxy, such as http://host:3128: " + what);
    }

    /**
     * The same proxy, asked as {@code user}.
     *
     * @throws IllegalArgumentException if HTTP or SOCKS cannot send them: for HTTP there is no colon in a user, for SOCKS all
     *     is ASCII, and for SOCKS4 there is no password
     */
    public Proxy credentials(String user, String password) {
        if (isHttp() && user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("The user for the proxy " + this + " has a colon in it");
        }
        if (hasControl(user) || hasControl(password)) {
            throw new IllegalArgumentException(
                    "There is a control character in the user or the password for the proxy " + this);
        }
        if (scheme.equals("socks4") && !password.isEmpty()) {
            throw new IllegalArgumentException("SOCKS4 knows no passwords, and there is one for the proxy " + this);
        }
        if (!isHttp() && !(isAscii(user) && isAscii(password))) {
            throw new IllegalArgumentException(
                    "SOCKS takes at most 255 characters of ASCII for user and password; see those for the proxy "
                            + this);
        }
        return new Proxy(scheme, host, port, user, password, headers);
    }

    private static boolean isAscii(String text) {
        return text.length() < 256 && text.chars().allMatch(c -> c < 128);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /**
     * The same proxy, told one header more: with CONNECT, and with requests that are sent to it whole. No server behind a
     * tunnel gets it.
     *
     * @throws IllegalArgumentException if it is a SOCKS proxy, no valid header, or one that the client sets itself
     */
    public Proxy header(String name, String value) {
        if (!isHttp()) {
            throw new IllegalArgumentException("SOCKS has no headers, and there is one for the proxy " + this);
        }
        if (!name.matches(TOKEN) || !value.chars().allMatch(c -> c == '\t' || c >= ' ' && c <= 255 && c != 127)) {
            throw new IllegalArgumentException("Not a header, or not a value of one, for the proxy " + this);
        }
        if (SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("The header " + name + " is set by the client itself");
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>(headers.entries());
        fields.add(Map.entry(name, value));
        return new Proxy(scheme, host, port, user, password, Headers.of(fields));
    }

    private boolean isHttp() {
        return scheme.startsWith("http");
    }

    /** {@code http}, {@code https}, {@code socks4} or {@code socks5}. */
    public String scheme() {
        return scheme;
    }

    /** In lower case; an IPv6 address without brackets. */
    public String host() {
        return host;
    }

    /** From 1 to 65535. */
    public int port() {
        return port;
    }

    /** Who asks it; null: nobody in particular. */
    public @Nullable String user() {
        return user;
    }

    /** Empty if there is none. */
    public String password() {
        return password;
    }

    /** What it is told beside the request. */
    public Headers headers() {
        return headers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Proxy proxy
                && hash == proxy.hash
                && port == proxy.port
                && scheme.equals(proxy.scheme)
                && host.equals(proxy.host)
                && Objects.equals(user, proxy.user)
                && password.equals(proxy.password)
                && headers.equals(proxy.headers);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Without user, password and headers. */
    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
