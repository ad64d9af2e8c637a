package dev.jawait.runtime.transport;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says with {@code Keep-Alive: timeout=5, max=100}. */
final class KeepAlive {
    private static final Pattern TIMEOUT = parameter("timeout");
    private static final Pattern MAX = parameter("max");

    private KeepAlive() {}

    private static Pattern parameter(String name) {
        return Pattern.compile("(?i)(?:^|[,;\\s])" + name + "\\s*=\\s*\"?(\\d{1,9})");
    }

    /** How long the connection may idle; {@code otherwise} if it does not say. */
    static long nanos(String keepAlive, long otherwise) {
        Matcher matcher = TIMEOUT.matcher(keepAlive);
        return matcher.find() ? TimeUnit.SECONDS.toNanos(Long.parseLong(matcher.group(1))) : otherwise;
    }

    /** How many more requests the connection may serve; {@code otherwise} if it does not say. */
    static int requests(String keepAlive, int otherwise) {
        Matcher matcher = MAX.matcher(keepAlive);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }
}
