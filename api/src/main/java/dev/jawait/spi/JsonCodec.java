package dev.jawait.spi;

import org.jspecify.annotations.Nullable;

/** Maps JSON, found through {@link java.util.ServiceLoader}; Jackson's is provided and used where Jackson is present. */
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
