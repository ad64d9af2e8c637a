package dev.jawait.samples.copied;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The poms of those who copy: their dependencies are the ones that the README tells them to write. */
final class Pom {
    private static final Pattern DEPENDENCIES = Pattern.compile("```xml\n(<dependency>.*?)```", Pattern.DOTALL);

    private Pom() {}

    static String ofJavaUser() throws IOException {
        return pom(dependencies(), "");
    }

    /** "From Kotlin, leave the scope out." */
    static String ofKotlinUser() throws IOException {
        return pom(dependencies().replace("  <scope>runtime</scope>\n", ""), """
                <plugin>
                  <groupId>org.jetbrains.kotlin</groupId>
                  <artifactId>kotlin-maven-plugin</artifactId>
                  <version>%s</version>
                  <extensions>true</extensions>
                </plugin>
                """.formatted(
                        System.getProperty("kotlin.version")));
    }

    private static String dependencies() throws IOException {
        Matcher block = DEPENDENCIES.matcher(Files.readString(Path.of("../README.md")));
        if (!block.find()) {
            throw new IllegalStateException("The README names no dependencies");
        }
        return block.group(1);
    }

    private static String pom(String dependencies, String plugins) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>copied-samples</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencies>
                %s  </dependencies>
                  <build>
                    <plugins>
                %s%s%s    </plugins>
                  </build>
                </project>
                """.formatted(
                        dependencies.indent(4),
                        plugins.indent(6),
                        maven("resources").indent(6),
                        maven("compiler").indent(6));
    }

    /** One of Maven's own plugins, in a version that is known to be there. */
    private static String maven(String name) {
        return """
                <plugin>
                  <artifactId>maven-%s-plugin</artifactId>
                  <version>%s</version>
                </plugin>
                """.formatted(name, System.getProperty(name + "-plugin.version"));
    }
}
