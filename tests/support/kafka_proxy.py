"""A way to a Kafka broker that knows requests: those of some kinds get no answer, all others do."""

import contextlib
import socket
import socketserver
import struct
import threading

from tests.support.ports import free_port

# Kafka's numbers of its requests.
FETCH, TXN_OFFSET_COMMIT, END_TXN = 1, 28, 26


class KafkaProxy:
    """Passes requests on to a broker's listener on this machine; `silent` holds the kinds that are dropped on the way:
    to a client, a broker that takes them and never answers."""

    def __init__(self, target_port: int = 0):
        self.port, self.target_port = free_port(), target_port
        self.silent: frozenset[int] = frozenset()
        self.dropped = 0
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError):
                    proxy._serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True
            block_on_close = False

        self._server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self.target_port)) as server:
            back = threading.Thread(target=_answers, args=(server, client), daemon=True)
            back.start()
            try:
                while request := _frame(client):
                    if struct.unpack(">h", request[4:6])[0] in self.silent:
                        self.dropped += 1
                    else:
                        server.sendall(request)
            finally:
                with contextlib.suppress(OSError):
                    server.shutdown(socket.SHUT_RDWR)
                back.join()


def _answers(server: socket.socket, client: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := server.recv(1 << 16):
            client.sendall(data)
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)


def _frame(connection: socket.socket) -> bytes:
    """One request with its length before it; empty at the end."""
    head = _exactly(connection, 4)
    return head and head + _exactly(connection, struct.unpack(">i", head)[0])


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            return b""
        data += more
    return data
