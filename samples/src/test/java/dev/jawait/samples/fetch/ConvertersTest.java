package dev.jawait.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "2m,PT2M", "1h,PT1H", "0s,PT0S"})
    void readsATime(String text, Duration time) {
        assertEquals(time, new DurationConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-1s", "1.5s", "2 s", "3d", "99999999999s"})
    void refusesWhatIsNoTime(String text) {
        assertThrows(TypeConversionException.class, () -> new DurationConverter().convert(text));
    }

    @Test
    void readsAHeader() {
        assertEquals(new Header("X-A", "b: c"), new Header.Converter().convert("X-A:  b: c "));
        assertEquals(new Header("X-Empty", ""), new Header.Converter().convert("X-Empty:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no colon", ": v", "a b: c", "X: a\r\nY: b"})
    void refusesWhatIsNoHeader(String text) {
        assertThrows(TypeConversionException.class, () -> new Header.Converter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GE T", "GET\n"})
    void refusesWhatIsNoMethod(String text) {
        assertThrows(TypeConversionException.class, () -> new MethodConverter().convert(text));
    }
}
