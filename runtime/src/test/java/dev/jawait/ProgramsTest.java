package dev.jawait;

import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ProgramRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A random program leaves the trace that asyncio's left, to the millisecond")
@ExtendWith(NothingLeft.class)
@Timeout(30)
class ProgramsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest(name = "program {0}")
    @MethodSource
    void asInAsyncio(int seed, JsonNode program, List<String> expected) {
        List<String> trace = virtually(() -> new ProgramRun().trace(program));

        assertEquals(sorted(expected), sorted(trace));
    }

    static Stream<Arguments> asInAsyncio() throws IOException {
        List<Arguments> programs = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ProgramsTest.class.getResourceAsStream("programs.jsonl"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode all = JSON.readTree(line);
                programs.add(Arguments.of(all.get("seed").asInt(), all.get("program"), events(all.get("trace"))));
            }
        }
        return programs.stream();
    }

    private static List<String> events(JsonNode trace) {
        List<String> events = new ArrayList<>();
        trace.forEach(event -> events.add(
                event.get(0) + " " + event.get(1) + " " + event.get(2).asText()));
        return events;
    }

    /** What happens in the same millisecond is compared without an order. */
    private static String sorted(List<String> trace) {
        return String.join("\n", trace.stream().sorted().toList());
    }
}
