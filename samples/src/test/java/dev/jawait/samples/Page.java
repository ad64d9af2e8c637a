package dev.jawait.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation. The line before a block of Java or Kotlin names its program, and the arguments to run it
 * with, of which those that begin with a slash become URLs of {@link DocsSite}: {@code <!-- Status.java /missing -->}. A
 * block of text is what all programs print that come between it and the block of text before.
 */
record Page(Path path, List<String> lines) {
    private static final Pattern COMMENT = Pattern.compile("<!-- (\\w+\\.(?:java|kt)) ?(.*) -->");
    private static final String FENCE = "```";

    static Page read(Path path) throws IOException {
        return new Page(path, Files.readAllLines(path));
    }

    String text() {
        return text(lines);
    }

    /** The names of its programs. */
    Set<String> programs() {
        Set<String> names = new TreeSet<>();
        lines.stream().map(COMMENT::matcher).filter(Matcher::matches).forEach(comment -> names.add(comment.group(1)));
        return names;
    }

    /** The page as it is when its blocks are written anew. */
    String anew(DocsSite site) throws Exception {
        List<String> anew = new ArrayList<>();
        Set<String> outputs = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            anew.add(line);
            if (line.startsWith(FENCE)) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                anew.addAll(block(i, end, outputs, site));
                anew.add(FENCE);
                i = end;
            }
        }
        if (!outputs.isEmpty()) {
            throw new AssertionError(path + ": after the last block of text, programs print " + outputs);
        }
        return text(anew);
    }

    private List<String> block(int start, int end, Set<String> outputs, DocsSite site) throws Exception {
        return switch (lines.get(start).substring(FENCE.length())) {
            case "java", "kotlin" -> {
                Matcher comment = COMMENT.matcher(lines.get(start - 1));
                if (!comment.matches()) {
                    throw new AssertionError(at(start) + "name the program of the block in the line before it, such as "
                            + "<!-- Status.java /hello -->, and put it into dev.jawait.samples.docs");
                }
                Program program = Program.named(comment.group(1));
                if (!Files.exists(program.file())) {
                    throw new AssertionError(at(start) + "there is no " + program.file());
                }
                program.printed(site.arguments(comment.group(2))).ifPresent(outputs::add);
                yield program.shown();
            }
            case "text" -> {
                if (outputs.size() != 1) {
                    throw new AssertionError(
                            at(start) + "the programs before this block should print the same, not " + outputs);
                }
                String output = outputs.iterator().next();
                outputs.clear();
                yield output.lines().toList();
            }
            default -> lines.subList(start + 1, end);
        };
    }

    private String at(int index) {
        return path + ":" + (index + 1) + ": ";
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
