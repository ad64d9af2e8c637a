package dev.jawait.samples.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.samples.NoTaskLeft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@ExtendWith(NoTaskLeft.class)
@Timeout(120)
class ProgramsTest {
    private static final Path PROGRAMS = Path.of("../runtime/src/test/resources/dev/jawait/programs.jsonl");
    private static final String SLEEP = "{\"seed\":7,\"program\":{\"id\":0,\"n\":40,\"op\":\"sleep\"},\"trace\":%s}";
    private static final String RIGHT = SLEEP.formatted("[[0,0,\"start\"],[40,0,\"= 0\"]]");
    private static final String WRONG = SLEEP.formatted("[[0,0,\"start\"],[80,0,\"= 1\"]]");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aProgramLeavesTheTraceThatItLeftInAsyncioToTheMillisecond(Program program) {
        List<Event> trace = Clock.VIRTUAL.run(program);
        assertTrue(Clock.VIRTUAL.agrees(program, trace), () -> new Difference(program, trace).toString());
    }

    static Stream<Program> aProgramLeavesTheTraceThatItLeftInAsyncioToTheMillisecond() throws IOException {
        return Files.readAllLines(PROGRAMS).stream().map(Program::parse);
    }

    @Test
    void manyAtOnceAndInParallelTheyAreTheSameByTheWallClock() throws IOException {
        String[] hundred = Files.readAllLines(PROGRAMS).stream().limit(100).toArray(String[]::new);
        assertEquals(0, programs(file(hundred), "--real-time", "--jobs", "50"), out::toString);
        assertEquals("100 programs, 0 differ", lastLine());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDifferenceIsShownWithBothTraces(boolean realTime) throws IOException {
        String file = file(RIGHT, "", WRONG);
        assertEquals(1, realTime ? programs(file, "--real-time") : programs(file));
        assertEquals("2 programs, 1 differ", lastLine());
        assertTrue(out.toString().contains("program 7 differs"), out::toString);
        assertTrue(out.toString().contains("80 ms  node 0: = 1"), out::toString);
        String took = realTime ? "\\d+" : "40";
        assertTrue(out.toString().matches("(?s).* " + took + " ms  node 0: = 0.*"), out::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{\"a\": 1}",
                "{\"program\": {\"op\": \"fly\", \"id\": 0, \"n\": 1}, \"trace\": []}",
                "{\"program\": {\"op\": \"seq\", \"id\": 0, \"n\": 1, \"of\": []}, \"trace\": []}"
            })
    void aLineThatIsNoProgramIsReportedWithItsNumberAndTheRestRuns(String line) throws IOException {
        assertEquals(2, programs(file(RIGHT, line)));
        assertEquals("1 programs, 0 differ", lastLine());
        assertTrue(err.toString().contains("programs.jsonl:2: "), err::toString);
    }

    @Test
    void anEmptyFileHasNoPrograms() throws IOException {
        assertEquals(0, programs(file()));
        assertEquals("0 programs, 0 differ", lastLine());
    }

    @Test
    void standardInputIsReadToo() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(RIGHT.getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, programs("-"));
        } finally {
            System.setIn(before);
        }
        assertEquals("1 programs, 0 differ", lastLine());
    }

    @Test
    void wrongUsageIsExplained() throws IOException {
        assertEquals(2, programs(directory.resolve("missing").toString()));
        assertTrue(err.toString().contains("Cannot open"), err::toString);
        assertEquals(2, programs(file(), "--jobs", "0"));
        assertTrue(err.toString().contains("--jobs must be 1 or more"), err::toString);
        assertEquals(2, programs());
    }

    private int programs(String... args) {
        CommandLine commandLine = Programs.commandLine();
        return commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String file(String... lines) throws IOException {
        return Files.write(directory.resolve("programs.jsonl"), List.of(lines)).toString();
    }

    private String lastLine() {
        List<String> lines = out.toString().lines().toList();
        return lines.get(lines.size() - 1);
    }
}
