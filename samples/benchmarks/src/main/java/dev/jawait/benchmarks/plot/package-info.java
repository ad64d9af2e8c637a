/** Pictures and tables of what things cost. */
@NullMarked
package dev.jawait.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
