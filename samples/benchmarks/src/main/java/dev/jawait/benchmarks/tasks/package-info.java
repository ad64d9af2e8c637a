/** Tasks, and what combines them. */
@NullMarked
package dev.jawait.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
