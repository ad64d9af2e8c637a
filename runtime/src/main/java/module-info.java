/** The tasks, sessions and the pooled engine behind {@code dev.jawait.api}, and the functions that Kotlin calls. */
module dev.jawait.runtime {
    requires transitive dev.jawait.api;
    requires transitive kotlin.stdlib;
    requires transitive kotlinx.coroutines.core;
    requires transitive io.ktor.client.core;
    requires io.ktor.http;
    requires io.ktor.io;
    requires io.ktor.utils;
    requires kotlinx.io.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.compression;
    requires io.netty.codec.http;
    requires io.netty.codec.socks;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires org.slf4j;
    requires static com.fasterxml.jackson.databind;
    requires static kotlinx.serialization.core;
    requires static kotlinx.serialization.json;
    requires static org.jspecify;

    exports dev.jawait.kotlin;

    uses dev.jawait.spi.JsonCodec;

    provides dev.jawait.spi.RuntimeProvider with
            dev.jawait.runtime.Provider;
}
