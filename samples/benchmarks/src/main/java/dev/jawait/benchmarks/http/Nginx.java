package dev.jawait.benchmarks.http;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx with one worker, from {@code apt-get install nginx-light}. */
final class Nginx {
    private static final String CONFIGURATION = """
            daemon off;
            pid DIRECTORY/nginx.pid;
            error_log DIRECTORY/error.log;
            worker_processes 1;
            worker_rlimit_nofile 65536;
            events { worker_connections 32768; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              keepalive_timeout 600;
              client_body_temp_path DIRECTORY/body;
              proxy_temp_path DIRECTORY/proxy;
              fastcgi_temp_path DIRECTORY/fastcgi;
              uwsgi_temp_path DIRECTORY/uwsgi;
              scgi_temp_path DIRECTORY/scgi;
              default_type text/plain;
              server {
                listen 127.0.0.1:PLAIN backlog=4096;
                listen 127.0.0.1:TLS ssl backlog=4096;
                ssl_certificate DIRECTORY/certificate.pem;
                ssl_certificate_key DIRECTORY/key.pem;
                ssl_session_cache shared:TLS:10m;
                location = /small { return 200 "Hello, world!"; }
                location = /post { return 200 "Hello, world!"; }
                location = /large { root DIRECTORY; }
                location = /status { stub_status; }
              }
            }
            """;

    private Nginx() {}

    /** Where it is, if it is installed. */
    static Optional<Path> find() {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Server start(Path program, Path directory) throws Exception {
        int plain = Server.freePort();
        int tls = Server.freePort();
        Path file = configure(directory, plain, tls);
        return Server.start(
                "nginx",
                directory,
                plain,
                tls,
                List.of(program.toString(), "-p", directory.toString(), "-c", file.toString()));
    }

    private static Path configure(Path directory, int plain, int tls) throws IOException {
        Files.write(directory.resolve("large"), Pages.LARGE);
        String text = CONFIGURATION
                .replace("DIRECTORY", directory.toString())
                .replace("PLAIN", Integer.toString(plain))
                .replace(":TLS ", ":" + tls + " ");
        return Files.writeString(directory.resolve("nginx.conf"), text);
    }
}
