package dev.jawait.http;

/**
 * What sends the requests of a session. Opaque here: the runtime makes them, from an engine of Ktor's for example
 * ({@code dev.jawait.kotlin.KtorEngines}).
 */
public interface HttpEngine {}
