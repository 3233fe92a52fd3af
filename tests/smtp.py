"""A mail server for tests: real sockets, the commands of SMTP that a client of today sends, STARTTLS and TLS if wanted."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Mailbox:
    """What the server was sent, and how it behaves."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    encrypted: bool = False
    refuses: bool = False


@contextmanager
def mail_server(*, context: ssl.SSLContext | None = None, from_first: bool = False) -> Iterator[Mailbox]:
    """Run one; with `context` it offers STARTTLS, or speaks TLS from the first byte."""
    box = Mailbox()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if from_first and context is not None and not self._encrypt(context):
                return
            self._say("220 ready")
            while line := self.rfile.readline():
                if not self._answer(line.decode().strip()):
                    return

        def finish(self) -> None:
            super().finish()
            self.connection.close()

        def _answer(self, line: str) -> bool:
            verb = line[:4].upper()
            if verb == "EHLO":
                self._say("250-here", *(["250-STARTTLS"] if context and not from_first else []), "250 AUTH PLAIN")
            elif line.upper() == "STARTTLS" and context is not None:
                self._say("220 go on")
                return self._encrypt(context)
            elif verb == "AUTH":
                box.logins.append(base64.b64decode(line.rsplit(maxsplit=1)[-1]).decode())
                self._say("235 welcome")
            elif verb == "RCPT" and box.refuses:
                self._say("550 nobody here")
            elif verb == "DATA":
                self._take()
            else:
                if verb == "RCPT":
                    box.to.append(line)
                self._say("221 bye" if verb == "QUIT" else "250 fine")
                return verb != "QUIT"
            return True

        def _take(self) -> None:
            self._say("354 go on")
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            box.messages.append(message_from_bytes(b"".join(lines), policy=policy.default))
            self._say("250 taken")

        def _encrypt(self, wanted: ssl.SSLContext) -> bool:
            try:
                self.request = self.connection = wanted.wrap_socket(self.request, server_side=True)
            except OSError:
                return False
            self.setup()
            box.encrypted = True
            return True

        def _say(self, *lines: str) -> None:
            self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate for 127.0.0.1, and the file by which a client can trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail for tests")])
    now = datetime.now(UTC)
    made: Any = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = made.add_extension(names, critical=False).add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
    signed = made.sign(key, hashes.SHA256())
    path, private = folder / "mail.pem", folder / "mail.key"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, private)
    return context, path
