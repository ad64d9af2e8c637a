package dev.jawait.spi;

import org.jspecify.annotations.Nullable;

/**
 * Maps JSON, found through {@link java.util.ServiceLoader}; if there is none, Jackson or, without that, kotlinx.serialization is
 * used where it is present.
 */
public interface JsonCodec {
    /** {@code value} as JSON in UTF-8. */
    byte[] encode(@Nullable Object value);

    /**
     * A value of {@code type}.
     *
     * @throws IllegalArgumentException if the JSON is malformed or does not fit
     */
    <T> @Nullable T decode(byte[] json, Class<T> type);
}
