"""S3 and SNS as the network gives them on a bad day: an HTTP proxy before the store that spoils some of the requests.

It knows requests and replies, so it can lose a reply whose request was done, or do a request long after the client
was cut off.
"""

import asyncio
import collections
import random
import threading

ERROR_BODY = "<?xml version='1.0'?><Error><Code>{code}</Code><Message>chaos</Message></Error>"
THROTTLE_BODY = ("<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>"
                 "</ErrorResponse>")


class FaultProxy:
    """`fault(kind, share)` spoils that share of the requests until `calm()`; "throttle" is for SNS, all others for S3."""

    def __init__(self, address: str, target_port: int, seed: int):
        self._address, self._target, self._dice = address, target_port, random.Random(seed)
        self._s3, self._sns = ("", 0.0), ("", 0.0)
        self.done: collections.Counter = collections.Counter()  # kind → requests that it met
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._changed, self._over = asyncio.Event(), asyncio.Event()
        self._late: set[asyncio.Task] = set()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        if not started.wait(20):
            raise RuntimeError("the fault proxy does not listen")

    @property
    def endpoint(self) -> str:
        return f"http://{self._address}:{self.port}"

    def fault(self, kind: str, share: float) -> None:
        def change():
            if kind == "throttle":
                self._sns = (kind, share)
            else:
                self._s3 = (kind, share)
        self._loop.call_soon_threadsafe(change)

    def calm(self, kind: str = "") -> None:
        """No more of that kind, or of any; requests that hang are let go."""
        def change():
            if kind in ("throttle", ""):
                self._sns = ("", 0.0)
            if kind != "throttle":
                self._s3 = ("", 0.0)
            self._changed.set()
            self._changed = asyncio.Event()
        self._loop.call_soon_threadsafe(change)

    def late(self) -> int:
        """Requests that are still under way though their client was cut off."""
        return len(self._late)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        async def serve():
            server = await asyncio.start_server(self._serve, self._address, 0, limit=1 << 20)
            self.port = server.sockets[0].getsockname()[1]
            started.set()
            await self._over.wait()
            server.close()
            connections = asyncio.all_tasks() - {asyncio.current_task()}
            for task in connections:
                task.cancel()
            await asyncio.gather(*connections, return_exceptions=True)

        self._loop.run_until_complete(serve())
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (head := await _head(reader)) and await self._answer(head, reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    def _choose(self, head: bytes) -> str:
        kind, share = self._sns if head.startswith(b"POST / ") else self._s3
        return kind if kind and self._dice.random() < share else "pass"

    async def _answer(self, head: bytes, reader, writer) -> bool:
        """Whether the connection goes on."""
        kind = self._choose(head)
        if kind != "pass":
            self.done[kind] += 1
        if b"\r\nexpect: 100-continue" in head.lower():
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if kind == "cut-request":
            await self._cut_request(head, reader)
            return False
        body = await _body(head, reader)
        if kind in ("pass", "slow"):
            if kind == "slow":
                await asyncio.sleep(self._dice.uniform(0.3, 3))
            writer.write(await self._ask(head, body))
            await writer.drain()
            return b"\r\nconnection: close" not in head.lower()
        if kind == "error":
            writer.write(_reply(500, ERROR_BODY.format(code="InternalError")))
        elif kind == "slow-down":
            writer.write(_reply(503, ERROR_BODY.format(code="SlowDown")))
        elif kind == "throttle":
            writer.write(_reply(400, THROTTLE_BODY))
        elif kind == "hang":
            await self._changed.wait()
        elif kind == "lost-reply":
            await self._ask(head, body)
        elif kind == "cut-reply":
            reply = await self._ask(head, body)
            writer.write(reply[:len(reply) // 2])
        elif kind == "late":
            task = self._loop.create_task(self._ask_later(head, body))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        await writer.drain()
        return False

    async def _cut_request(self, head: bytes, reader) -> None:
        """The store gets the head and half of what is promised there."""
        half = await reader.readexactly(_length(head) // 2)
        _, writer = await asyncio.open_connection("127.0.0.1", self._target)
        writer.write(head + half)
        await writer.drain()
        writer.close()

    async def _ask_later(self, head: bytes, body: bytes) -> None:
        await asyncio.sleep(self._dice.uniform(2, 15))
        await self._ask(head, body)

    async def _ask(self, head: bytes, body: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._target, limit=1 << 20)
        try:
            writer.write(head + body)
            await writer.drain()
            answer = await _head(reader)
            while answer.startswith((b"HTTP/1.1 100", b"HTTP/1.0 100")):  # the client has been told so already
                answer = await _head(reader)
            if head.startswith(b"HEAD "):
                return answer
            return answer + await _body(answer, reader)
        finally:
            writer.close()


async def _head(reader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return b""


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


async def _body(head: bytes, reader) -> bytes:
    """As it came, chunks with their frames."""
    if b"\r\ntransfer-encoding: chunked" not in head.lower():
        return await reader.readexactly(_length(head))
    body = b""
    while True:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        body += line + await reader.readexactly(size + 2)
        if size == 0:
            return body


def _reply(status: int, body: str) -> bytes:
    return (f"HTTP/1.1 {status} Chaos\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n"
            f"Connection: close\r\n\r\n{body}").encode()
