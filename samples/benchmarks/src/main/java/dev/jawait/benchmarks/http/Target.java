package dev.jawait.benchmarks.http;

/**
 * What is asked for.
 *
 * @param host leads to loopback: an address there, or a name that ends with {@code .test}, which Jawait's sessions look up
 *     without asking anybody
 */
record Target(String host, String path) {}
