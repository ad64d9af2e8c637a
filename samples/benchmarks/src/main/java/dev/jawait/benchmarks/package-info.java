/** Benchmarks: {@code samples/run bench}. */
@NullMarked
package dev.jawait.benchmarks;

import org.jspecify.annotations.NullMarked;
