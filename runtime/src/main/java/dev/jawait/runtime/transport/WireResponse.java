package dev.jawait.runtime.transport;

import dev.jawait.http.Headers;

/** The head of a response. */
public record WireResponse(int status, String reason, Headers headers, boolean connectionReused) {}
