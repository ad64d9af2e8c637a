/** Coroutines, tasks, combinators and an HTTP session, as asyncio and aiohttp's client have them. */
@org.jspecify.annotations.NullMarked
module dev.jawait.api {
    requires static transitive org.jspecify;

    exports dev.jawait;
    exports dev.jawait.http;
    exports dev.jawait.net;
    exports dev.jawait.spi;
    exports dev.jawait.sync;

    uses dev.jawait.spi.RuntimeProvider;
}
