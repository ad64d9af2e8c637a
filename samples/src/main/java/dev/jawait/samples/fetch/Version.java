package dev.jawait.samples.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Which version of Jawait this was built with. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream version = Version.class.getResourceAsStream("version.txt")) {
            return new String[] {"fetch, Jawait " + new String(version.readAllBytes(), StandardCharsets.UTF_8).strip()};
        }
    }
}
