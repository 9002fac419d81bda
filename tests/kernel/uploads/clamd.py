"""A scanner of a test: a real peer on loopback that speaks ClamAV's INSTREAM."""

from __future__ import annotations

import socketserver
import struct
import threading

HARMFUL = b"X5O!P%@AP-HARMFUL"


class Handler(socketserver.BaseRequestHandler):
    """One question."""

    server: Scanner

    def handle(self) -> None:
        stream = self.request.makefile("rwb")
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1)
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(length)
        self.server.scanned.append(content)
        stream.write(self.server.answer or (b"stream: Test FOUND\0" if HARMFUL in content else b"stream: OK\0"))
        stream.flush()


class Scanner(socketserver.ThreadingTCPServer):
    """The daemon."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scanned: list[bytes] = []
        self.answer = b""
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,))
        self.thread.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        self.shutdown()
        self.thread.join()
        self.server_close()
