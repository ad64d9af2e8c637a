package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every snippet of README.md and docs has a program, which prints what the page says that it prints; see {@link Page}. To
 * write a new one, put a program into {@code dev.jawait.samples.docs}, a comment with its name and an empty block into
 * the page, and let this test fill in the block and what the program prints:
 *
 * <pre>mvn -o test -pl .,api,runtime,samples -Dtest=DocsTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update</pre>
 */
@ExtendWith(NoTaskLeft.class)
@Timeout(120)
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<artifactId>jawait-(\\w+)</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern LINK =
            Pattern.compile("\\]\\((?!http)([^)#]+)(#[^)]*)?\\)|(?m)^\\[.*?]: (?!http)(\\S+)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void snippetsAreProgramsAndPrintWhatThePageSays(Path path) throws Exception {
        Page page = Page.read(path);
        try (DocsSite site = new DocsSite()) {
            String anew = page.anew(site);
            if (Boolean.getBoolean("docs.update")) {
                Files.writeString(path, anew);
            } else {
                assertEquals(anew, page.text(), path + " differs from its programs; -Ddocs.update writes it anew");
            }
        }
    }

    @Test
    void everyProgramIsOnAPage() throws IOException {
        Set<String> unused = new TreeSet<>(Program.all());
        for (Path page : pages()) {
            unused.removeAll(Page.read(page).programs());
        }
        assertEquals(Set.of(), unused, "Programs that are on no page");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void dependenciesAreOfThisVersion(Path page) throws IOException {
        String version = matches(DEPENDENCY, Files.readString(ROOT.resolve("api/pom.xml")))
                .get(0)
                .group(2);
        for (MatchResult dependency : matches(DEPENDENCY, Files.readString(page))) {
            assertEquals(version, dependency.group(2), page + ": the version of jawait-" + dependency.group(1));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFiles(Path page) throws IOException {
        Predicate<String> exists =
                link -> Files.exists(page.resolveSibling(link.trim()).normalize());
        List<String> dead = matches(LINK, Files.readString(page)).stream()
                .map(link -> link.group(1) == null ? link.group(3) : link.group(1))
                .filter(exists.negate())
                .toList();
        assertEquals(List.of(), dead, "Dead links in " + page);
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return new ArrayList<>(pattern.matcher(text).results().toList());
    }
}
