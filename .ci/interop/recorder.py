"""A chat backend that answers with what it received, for what no usual backend would tell.

    recorder.py PORT_FILE

Listens on a free loopback port and writes it to PORT_FILE. Ends when its standard input closes. The whole answer's
text is a JSON object: "headers" (names in lower case) and "body" (the request as it stands). In the last message:
"limit KEY" is refused once per KEY with 429 and "retry-after: 1"; "pause" makes a stream silent for some seconds.
"""

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAUSE_SECONDS = 2.5
refused = set()


def chunk(delta, finish=None, **more):
    choices = more.pop("choices", [{"index": 0, "delta": delta, "finish_reason": finish}])
    body = {"id": "rec-1", "object": "chat.completion.chunk", "created": 1, "model": "recorder", "choices": choices}
    return b"data: " + json.dumps(body | more).encode() + b"\n\n"


class Recorder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.reply(200, {"object": "list", "data": [{"id": "recorder", "object": "model", "created": 1, "owned_by": "ci"}]})

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        body = json.loads(raw)
        text = body["messages"][-1]["content"]
        words = text.split() if isinstance(text, str) else []
        if "limit" in words and text not in refused:
            refused.add(text)
            error = {"message": "slow down", "type": "requests", "param": None, "code": "rate_limit_exceeded"}
            self.reply(429, {"error": error}, {"retry-after": "1"})
        elif body.get("stream"):
            self.stream(body, "pause" in words)
        else:
            seen = {"headers": {name.lower(): value for name, value in self.headers.items()}, "body": raw}
            message = {"role": "assistant", "content": json.dumps(seen)}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
            head = {"id": "rec-1", "object": "chat.completion", "created": 1, "model": "recorder"}
            self.reply(200, head | {"choices": [choice], "usage": usage})

    def stream(self, body, pause):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(chunk({"role": "assistant", "content": ""}) + chunk({"content": "one "}))
        if pause:
            time.sleep(PAUSE_SECONDS)
        self.wfile.write(chunk({"content": "two"}) + chunk({}, "stop"))
        if (body.get("stream_options") or {}).get("include_usage"):
            usage = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
            self.wfile.write(chunk({}, choices=[], usage=usage))
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def reply(self, status, body, headers=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(sys.argv[1] + ".part", "w") as file:
        file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".part", sys.argv[1])
    while sys.stdin.read(1024):
        pass


if __name__ == "__main__":
    main()
