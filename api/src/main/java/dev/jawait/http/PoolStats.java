package dev.jawait.http;

/**
 * What a pool holds at a moment.
 *
 * @param open connections, those being opened included
 * @param idle connections that wait for a request
 * @param inUse connections that serve a request or are being opened for one
 * @param waiting requests that wait for a connection
 * @param opened connections opened in all so far
 * @param reused requests that were served by a connection that had served before
 */
public record PoolStats(int open, int idle, int inUse, int waiting, long opened, long reused) {}
