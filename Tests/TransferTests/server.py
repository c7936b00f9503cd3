"""A server that answers well and badly, for the tests of Transfer.

Makes its certificates in the folder it is given, prints one line of JSON with its ports, and ends when its
standard input does. The first part of a path names the behaviour; the resource is always the same 100000
bytes.
"""

import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
import time

CONTENT = bytes((i * 7 + i // 256) % 251 for i in range(100000))
PORTS = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", length=None, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if length != "none":
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def redirect(self, location, status=302):
        self.answer(status, b"moved", headers=[("Location", location)])

    def do_GET(self):
        if self.path.startswith("http://"):
            # Asked as a proxy.
            return self.answer(200, b"proxied " + self.path.encode())
        parts = self.path.strip("/").split("/")
        try:
            getattr(self, "get_" + parts[0].replace("-", "_"))(*parts[1:])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def offset(self):
        value = self.headers.get("Range")
        return int(value.removeprefix("bytes=").removesuffix("-")) if value else None

    def get_ranges(self):
        start = self.offset()
        if start is None:
            return self.answer(200, CONTENT)
        if start >= len(CONTENT):
            return self.answer(416, headers=[("Content-Range", f"bytes */{len(CONTENT)}")])
        self.partial(start, len(CONTENT) - 1)

    def partial(self, first, last, said=None, total=len(CONTENT)):
        text = said or f"bytes {first}-{last}/{total}"
        self.answer(206, CONTENT[first : last + 1], headers=[("Content-Range", text)])

    def get_whole(self):
        self.answer(200, CONTENT)

    def get_unannounced(self):
        self.answer(200, CONTENT, length="none", headers=[("Connection", "close")])
        self.close_connection = True

    def get_empty(self):
        self.answer(200)

    def get_page(self):
        self.answer(200, b"<html>this domain is for sale</html>", headers=[("Content-Type", "text/html")])

    def get_status(self, code):
        self.answer(int(code), b"an error page that is no content")

    def get_cut(self, count):
        count = int(count)
        self.answer(200, CONTENT[:count], length=len(CONTENT))
        self.close_connection = True

    def get_cut_ranges(self, count):
        """At most so many bytes a connection."""
        first = self.offset() or 0
        last = min(first + int(count), len(CONTENT)) - 1
        headers = [("Content-Range", f"bytes {first}-{len(CONTENT) - 1}/{len(CONTENT)}")]
        self.answer(206 if first else 200, CONTENT[first : last + 1], len(CONTENT) - first, headers)
        self.close_connection = True

    def get_longer(self):
        self.answer(200, CONTENT + b"more", length=len(CONTENT))
        self.close_connection = True

    def get_nothing(self):
        self.close_connection = True

    def get_garbage(self):
        self.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")
        self.close_connection = True

    def get_endless(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        while True:
            self.wfile.write(CONTENT)

    def get_endless_chunks(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while True:
            self.wfile.write(b"1000\r\n" + CONTENT[:4096] + b"\r\n")

    def get_stall(self):
        self.answer(200, CONTENT[:1000], length=len(CONTENT))
        time.sleep(30)

    def get_silence(self):
        time.sleep(30)

    def get_hops(self, count):
        count = int(count)
        self.redirect("/whole" if count == 1 else f"/hops/{count - 1}")

    def get_loop(self):
        self.redirect("/loop")

    def get_to_file(self):
        self.redirect("file:///etc/passwd")

    def get_to_ftp(self):
        self.redirect("ftp://localhost/x")

    def get_to_plain(self):
        self.redirect(f"http://localhost:{PORTS['plain']}/whole")

    def get_to_secure(self):
        self.redirect(f"https://localhost:{PORTS['good']}/whole")

    def get_redirect_ranges(self):
        self.redirect("/ranges", 307)

    # Ranges that were not asked for

    def get_other_start(self):
        self.partial(self.offset() + 1, len(CONTENT) - 1)

    def get_from_zero(self):
        self.partial(0, len(CONTENT) - 1)

    def get_ends_early(self):
        self.partial(self.offset(), len(CONTENT) - 2)

    def get_no_range(self):
        self.answer(206, CONTENT[self.offset() or 0 :])

    def get_many_parts(self):
        self.answer(206, b"--x\r\n\r\n--x--", headers=[("Content-Type", "multipart/byteranges; boundary=x")])

    def get_range_lies(self):
        self.partial(self.offset(), len(CONTENT) - 1, f"bytes {self.offset()}-{len(CONTENT) - 1}/7")

    def get_range_words(self):
        self.partial(self.offset(), len(CONTENT) - 1, "bytes from here to there")

    def get_range_overflow(self):
        self.partial(self.offset(), len(CONTENT) - 1, f"bytes {self.offset()}-99999999999999999999/*")

    def get_open_total(self):
        self.partial(self.offset(), len(CONTENT) - 1, f"bytes {self.offset()}-{len(CONTENT) - 1}/*")

    def get_unasked(self):
        self.partial(0, len(CONTENT) - 1)

    def get_headers(self):
        self.answer(200, str(self.headers).encode())


def serve(name, certificate=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *arguments: None
    PORTS[name] = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()


serve("plain")
folder = sys.argv[1]
script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "certificates.sh")
made = subprocess.run(["sh", script], cwd=folder, capture_output=True)
if made.returncode == 0:
    for kind in ["good", "expired", "otherhost", "selfsigned"]:
        serve(kind, os.path.join(folder, kind + ".pem"))
print(json.dumps(PORTS), flush=True)
sys.stdin.read()
