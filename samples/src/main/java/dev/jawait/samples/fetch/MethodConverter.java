package dev.jawait.samples.fetch;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Accepts what may be the method of a request. */
final class MethodConverter implements ITypeConverter<String> {
    static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    @Override
    public String convert(String text) {
        if (!TOKEN.matcher(text).matches()) {
            throw new TypeConversionException("'" + text + "' is no method");
        }
        return text;
    }
}
