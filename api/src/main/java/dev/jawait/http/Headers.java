package dev.jawait.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Header fields in the order they came, repeated ones kept; names compare without regard to case. Immutable. */
public final class Headers {
    private final String[] namesAndValues;

    private Headers(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /**
     * Name, value, name, value, …
     *
     * @throws IllegalArgumentException if the last value is missing
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A header's value is missing: " + namesAndValues.length + " strings");
        }
        return new Headers(namesAndValues.clone());
    }

    /** These fields, in this order. */
    public static Headers of(Iterable<Map.Entry<String, String>> fields) {
        List<String> strings = new ArrayList<>();
        for (Map.Entry<String, String> field : fields) {
            strings.add(field.getKey());
            strings.add(field.getValue());
        }
        return new Headers(strings.toArray(String[]::new));
    }

    /** How many fields. */
    public int size() {
        return namesAndValues.length / 2;
    }

    /** The name of the field at {@code index}. */
    public String name(int index) {
        return namesAndValues[2 * index];
    }

    /** The value of the field at {@code index}. */
    public String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    /** The first value of {@code name}, or null. */
    public @Nullable String get(String name) {
        for (int i = 0; i < size(); i++) {
            if (name(i).equalsIgnoreCase(name)) {
                return value(i);
            }
        }
        return null;
    }

    /** All values of {@code name}, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < size(); i++) {
            if (name(i).equalsIgnoreCase(name)) {
                values.add(value(i));
            }
        }
        return values;
    }

    /** Whether there is a field of this name. */
    public boolean contains(String name) {
        return get(name) != null;
    }

    /** All fields, in order. */
    public List<Map.Entry<String, String>> entries() {
        List<Map.Entry<String, String>> entries = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            entries.add(Map.entry(name(i), value(i)));
        }
        return entries;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && entries().equals(headers.entries());
    }

    @Override
    public int hashCode() {
        return entries().hashCode();
    }

    /** The names alone: values may be secrets. */
    @Override
    public String toString() {
        return entries().stream().map(Map.Entry::getKey).toList().toString();
    }
}
