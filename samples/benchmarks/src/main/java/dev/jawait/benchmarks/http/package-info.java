/** Clients side by side: {@code samples/run throughput}. */
@NullMarked
package dev.jawait.benchmarks.http;

import org.jspecify.annotations.NullMarked;
