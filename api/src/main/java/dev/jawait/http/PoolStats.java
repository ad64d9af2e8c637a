package dev.jawait.http;

import java.io.Serializable;

/**
 * What a pool, or its part for one host, holds at a moment.
 *
 * @param open connections, those being opened included
 * @param idle connections that wait for a request
 * @param inUse connections that serve a request or are being opened for one
 * @param waiting requests that wait for a connection
 * @param opened connections opened in all so far; for a host, since the pool last held nothing for it
 * @param reused requests that were served by a connection that was there already, counted as {@code opened} is
 */
public record PoolStats(int open, int idle, int inUse, int waiting, long opened, long reused) implements Serializable {}
