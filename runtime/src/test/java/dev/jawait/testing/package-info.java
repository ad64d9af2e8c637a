/** What tests of several packages use. */
@NullMarked
package dev.jawait.testing;

import org.jspecify.annotations.NullMarked;
