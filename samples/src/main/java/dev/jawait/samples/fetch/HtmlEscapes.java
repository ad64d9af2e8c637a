package dev.jawait.samples.fetch;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/** Escapes what would end a script element or mean something to HTML, and the line ends that only JavaScript knows. */
final class HtmlEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final String ESCAPED = "<>&'\u2028\u2029";

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        ESCAPED.chars().filter(c -> c < codes.length).forEach(c -> codes[c] = ESCAPE_CUSTOM);
        return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
        return ESCAPED.indexOf(character) < 0 ? null : new SerializedString(String.format("\\u%04x", character));
    }
}
