"""aiohttp at a workload: warms up, runs its rounds, and prints a line for each, as the clients in Java do.

Arguments: the certificate to trust, seconds to warm up, rounds, seconds of a round, requests at once, connections at most,
"keep" or "close" for the connections, the body of a POST or nothing for a GET, and URLs, which are asked for in turn.
"""

import asyncio
import itertools
import ssl
import sys
import time

import aiohttp


class Round:
    def __init__(self, seconds):
        self.start = time.perf_counter()
        self.cpu = time.process_time()
        self.end = self.start + seconds
        self.micros = []
        self.failures = 0

    def line(self):
        answers = sorted(self.micros) or [float("nan")]
        seconds = time.perf_counter() - self.start
        cpu = (time.process_time() - self.cpu) * 1e6 / len(answers)
        p50, p99, p999 = (answers[min(int(len(answers) * part), len(answers) - 1)] for part in (0.5, 0.99, 0.999))
        # Python does not tell what it allocates.
        return f"round {len(self.micros) / seconds:.3f} {cpu:.3f} NaN {p50:.0f} {p99:.0f} {p999:.0f} {self.failures}"


async def lane(session, urls, body, current):
    method = "POST" if body else "GET"
    headers = {"Content-Type": "application/json"} if body else None
    while time.perf_counter() < current.end:
        start = time.perf_counter()
        try:
            async with session.request(method, next(urls), data=body, headers=headers) as response:
                content = await response.read()
                if response.status == 200 and content:
                    current.micros.append((time.perf_counter() - start) * 1e6)
                else:
                    current.failures += 1
        except aiohttp.ClientError as error:
            if not current.failures:
                print(f"requests failed, the first with {error!r}", file=sys.stderr)
            current.failures += 1


async def main(certificate, warm_up, rounds, seconds, at_once, connections, connection, body, *targets):
    connector = aiohttp.TCPConnector(
        limit=int(connections),
        force_close=connection == "close",
        ssl=ssl.create_default_context(cafile=certificate),
    )
    urls = itertools.cycle(targets)
    async with aiohttp.ClientSession(connector=connector) as session:
        for number in range(int(rounds) + 1):
            current = Round(float(seconds if number else warm_up))
            await asyncio.gather(*(lane(session, urls, body.encode(), current) for _ in range(int(at_once))))
            if number:
                print(current.line(), flush=True)


asyncio.run(main(*sys.argv[1:]))
