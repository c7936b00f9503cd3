"""Serves one file, badly: the first answer ends in the middle.

  cutting-server.py FILE COUNT close|hang

Prints its port, then a line for each request: its range, or "whole". The first answer stops after COUNT
bytes: the connection is closed, or kept open without another byte. Later ones are whole. Ends when its
standard input does.
"""
import http.server
import sys
import threading

CONTENT = open(sys.argv[1], "rb").read()
COUNT, MANNER = int(sys.argv[2]), sys.argv[3]
STATE = {"requests": 0}
STOPPED = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        asked = self.headers.get("Range")
        print(asked or "whole", flush=True)
        STATE["requests"] += 1
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        body = CONTENT[start:]
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if STATE["requests"] > 1:
            self.wfile.write(body)
            return
        self.wfile.write(body[:COUNT])
        self.wfile.flush()
        if MANNER == "hang":
            STOPPED.wait()
        self.close_connection = True


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
STOPPED.set()
