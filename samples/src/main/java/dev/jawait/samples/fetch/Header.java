package dev.jawait.samples.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A header field to send. */
record Header(String name, String value) {
    private static final Pattern FIELD = Pattern.compile("(" + MethodConverter.TOKEN + "):[ \\t]*([^\\r\\n\\x00]*)");

    /** Reads {@code Accept: text/html}. */
    static final class Converter implements ITypeConverter<Header> {
        @Override
        public Header convert(String text) {
            Matcher field = FIELD.matcher(text);
            if (!field.matches()) {
                throw new TypeConversionException("'" + text + "' is no header; say 'Name: value'");
            }
            return new Header(field.group(1), field.group(2).strip());
        }
    }
}
