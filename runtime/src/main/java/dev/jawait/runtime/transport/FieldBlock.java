package dev.jawait.runtime.transport;

import dev.jawait.http.ClientException;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;

/** Header fields of a request as bytes, and what they say of the request itself. */
final class FieldBlock {
    final HeadBytes bytes;
    private boolean hasHost;
    private boolean closing;
    private boolean expecting;
    private boolean upgrading;

    /** @throws ClientException if a character is not allowed where it is, or a field is the transport's to set */
    FieldBlock(HttpHeaders headers) {
        bytes = new HeadBytes(length(headers));
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            add(field.getKey().toString(), field.getValue());
        }
    }

    private static int length(HttpHeaders headers) {
        int length = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            length += field.getKey().length() + field.getValue().length() + ": \r\n".length();
        }
        return length;
    }

    private void add(String name, CharSequence value) {
        note(name, value);
        bytes.token("header name", name);
        bytes.raw(": ");
        bytes.value(name, value);
        bytes.raw("\r\n");
    }

    private void note(String name, CharSequence value) {
        if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
            throw new ClientException("The header " + name + " follows from the body and cannot be set", null);
        }
        expecting |= name.equalsIgnoreCase("Expect") && value.toString().trim().equalsIgnoreCase("100-continue");
        hasHost |= name.equalsIgnoreCase("Host");
        if (name.equalsIgnoreCase("Connection")) {
            closing |= value.toString().trim().equalsIgnoreCase("close");
            upgrading |= value.toString().trim().equalsIgnoreCase("Upgrade");
        }
    }

    boolean hasHost() {
        return hasHost;
    }

    /** Whether they ask the server to close the connection. */
    boolean isClosing() {
        return closing;
    }

    /** Whether they let the server say that it wants the body. */
    boolean isExpecting() {
        return expecting;
    }

    /** Whether they ask for a switch of protocols. */
    boolean isUpgrading() {
        return upgrading;
    }
}
