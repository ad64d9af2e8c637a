/** What a runtime provides; found through {@link java.util.ServiceLoader}. Not for users. */
@NullMarked
package dev.jawait.spi;

import org.jspecify.annotations.NullMarked;
