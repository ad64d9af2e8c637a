/** The pooled HTTP session: aiohttp's client. Start with {@link dev.jawait.http.ClientSession}. */
@NullMarked
package dev.jawait.http;

import org.jspecify.annotations.NullMarked;
