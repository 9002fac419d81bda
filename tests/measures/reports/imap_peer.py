"""A mailbox of a test: an IMAP server on loopback that knows what one client needs (RFC 3501)."""

from __future__ import annotations

import re
import socketserver
import threading

SECRET = "a password of a test"


class Mailbox:
    """Holds e-mails by their lasting numbers."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.deleted: set[int] = set()
        box = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK ready\r\n")
                for line in self.rfile:
                    tag, _space, rest = line.rstrip().partition(b" ")
                    answer = box.answer(rest.decode())
                    self.wfile.write(answer + tag + (b" NO wrong\r\n" if answer == b"\r\n" else b" OK done\r\n"))
                    if rest.upper() == b"LOGOUT":
                        return

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def answer(self, asked: str) -> bytes:
        """What is said before a command is done."""
        word = asked.upper()
        if word.startswith("CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1\r\n"
        if word.startswith("LOGIN") and SECRET not in asked:
            return b"\r\n"
        if word.startswith("SELECT"):
            return b"* %d EXISTS\r\n" % len(self.mails)
        if word.startswith("UID SEARCH"):
            return b"* SEARCH %s\r\n" % " ".join(str(one) for one in sorted(set(self.mails) - self.deleted)).encode()
        found = re.match(r"UID (FETCH|STORE) (\d+) .*?(?:<0\.(\d+)>|$)", asked)
        if found and found[1] == "FETCH":
            content = self.mails[int(found[2])][: int(found[3])]
            return b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n%s)\r\n" % (found[2].encode(), len(content), content)
        if found:
            self.deleted.add(int(found[2]))
        if word == "EXPUNGE":
            for one in self.deleted:
                self.mails.pop(one, None)
        return b""

    def stop(self) -> None:
        """Close it."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
