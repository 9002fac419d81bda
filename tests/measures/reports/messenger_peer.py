"""A messenger of a test: the part of Telegram's Bot API on loopback that hands files out."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

BOT = "bot12345:a-token_of-a-test"


class Messenger:
    """Holds files by their ids, and answers as it is told."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.place = "documents/{}.jpg"
        self.status = 200
        self.asked: list[str] = []
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # as the library calls it
                peer.asked.append(self.path)
                status, content = peer.answer(self.path)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/{BOT}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and content at a path."""
        parts = urlsplit(path)
        if self.status != 200:
            return self.status, b""
        if parts.path == f"/{BOT}/getFile":
            file = parse_qs(parts.query)["file_id"][0]
            if file not in self.files:
                return 400, b'{"ok":false}'
            return 200, json.dumps({"ok": True, "result": {"file_path": self.place.format(file)}}).encode()
        name = parts.path.rpartition("/")[2].removesuffix(".jpg")
        return (200, self.files[name]) if parts.path.startswith(f"/file/{BOT}/") else (404, b"")

    def stop(self) -> None:
        """Close it."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
