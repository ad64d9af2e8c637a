/** How cost grows: {@code samples/run growth}. */
@NullMarked
package dev.jawait.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
