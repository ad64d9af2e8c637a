/** Event loops and their timers: what tasks and sockets both stand on. Knows neither of them. */
@NullMarked
package dev.jawait.runtime.loop;

import org.jspecify.annotations.NullMarked;
