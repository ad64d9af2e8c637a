package dev.jawait.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlListTest {
    private static final String LIST = "# pages\nhttp://a/\n\n   \n  http://b/#part \n#http://c/\r\nno url";

    @Test
    void leavesOutCommentsAndBlankLinesAndKeepsTheNumbers() throws IOException {
        try (UrlList list = list(LIST)) {
            assertEquals(
                    List.of(new UrlLine(2, "http://a/"), new UrlLine(5, "http://b/#part"), new UrlLine(7, "no url")),
                    list.lines().toList());
        }
    }

    @Test
    void readsNoFurtherThanItIsAsked() throws IOException {
        StringBuilder read = new StringBuilder();
        BufferedReader reader = new BufferedReader(new StringReader(LIST)) {
            @Override
            public String readLine() throws IOException {
                String line = super.readLine();
                read.append(line).append('|');
                return line;
            }
        };
        try (UrlList list = new UrlList(reader, OptionalLong.empty())) {
            Iterator<UrlLine> lines = list.lines().iterator();
            assertEquals("", read.toString());
            lines.next();
            assertEquals("# pages|http://a/|", read.toString());
        }
    }

    @Test
    void countsAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("urls.txt"), LIST);
        try (UrlList list = UrlList.open(file.toString())) {
            assertEquals(OptionalLong.of(3), list.size());
            assertEquals(3, list.lines().count());
        }
    }

    @Test
    void aFileThatIsNotThereIsAnError(@TempDir Path directory) {
        assertThrows(
                NoSuchFileException.class,
                () -> UrlList.open(directory.resolve("none").toString()));
    }

    private static UrlList list(String text) {
        return new UrlList(new BufferedReader(new StringReader(text)), OptionalLong.empty());
    }
}
