"""A real mail server on loopback, for the tests of outgoing mail (Debian: python3-aiosmtpd).

    mail_server.py FOLDER [CERTIFICATE KEY]

Says its port on the first line of output, keeps each letter as JSON in FOLDER, as another mail
program would read it, and goes when its input ends. With a certificate it takes nothing before
STARTTLS. Letters to refused@… get 550, letters to busy@… get 451; a letter to slow…@… is kept at
once and acknowledged half a second later.
"""

import asyncio
import json
import logging
import pathlib
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return f"550 5.1.1 <{address}> is not known here"
        if address.startswith("busy@"):
            return "451 4.3.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        part = lambda kind: letter.get_body([kind]).get_content()
        kept = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "greeting": session.host_name,
            "encrypted": session.ssl is not None,
            "headers": {name.lower(): str(value) for name, value in letter.items()},
            "type": letter.get_content_type(),
            "size": len(envelope.content),
            "longest_line": max(len(line) for line in envelope.content.splitlines()),
            "text": part("plain"),
            "html": part("html"),
        }
        # Whoever looks meanwhile finds the whole letter or none.
        count = len(list(self.folder.glob("*.json")))
        (self.folder / "new").write_text(json.dumps(kept))
        (self.folder / "new").rename(self.folder / f"{count}.json")
        if envelope.rcpt_tos[0].startswith("slow"):
            await asyncio.sleep(0.5)
        return "250 OK"


# A client that hangs up on a certificate is what one of the tests is about.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


async def main(folder, certificate=None, key=None):
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)

    def answer():
        return SMTP(
            Keeper(folder),
            hostname="localhost",
            tls_context=context,
            require_starttls=context is not None,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main(*sys.argv[1:]))
