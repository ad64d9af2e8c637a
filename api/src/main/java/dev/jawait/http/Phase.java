package dev.jawait.http;

/** What a request is doing, in the order it does it; {@link #TOTAL} stands for the whole. */
public enum Phase {
    /** Waiting for a connection or for a place to open one. */
    POOL,
    /** Looking up the host's addresses. */
    DNS,
    /** Opening the TCP connection, to the proxy if there is one. */
    CONNECT,
    /** Asking a proxy for a tunnel; TLS with the proxy, if it is spoken, included. */
    PROXY,
    /** The TLS handshake. */
    TLS,
    /** Sending the request. */
    WRITE,
    /** Waiting for the first byte of the response, to the end of its head. */
    FIRST_BYTE,
    /** Receiving the body. */
    READ,
    /** The whole, all redirects included. */
    TOTAL
}
