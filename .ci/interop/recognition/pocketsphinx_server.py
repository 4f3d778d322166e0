"""A real recogniser behind the interface of the small service around faster-whisper: pocketsphinx, of Debian.

    /usr/bin/python3 pocketsphinx_server.py PORT_FILE

Listens on a free loopback port and writes it to PORT_FILE; ends when its standard input closes. It knows the words of
said.py and no others, so that it is quick; what it makes of the sound is its own. One request after the other, as the
service does it. Needs Debian's python3-pocketsphinx and pocketsphinx-en-us, for which Debian's own Python is made;
and ffmpeg for what is no WAV file of 16 kHz.
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import said
from pocketsphinx.pocketsphinx import Decoder

RATE = 16_000
FRAME = 0.01
MODEL = "/usr/share/pocketsphinx/model/en-us"

# A rest between two words that ends a segment, in seconds.
REST = 0.4
BYTES_MAX = 64 << 20
TRUE = {"true", "1", "yes", "on"}


def dictionary():
    """The pronunciations of the words that are known, as a file."""
    known = said.vocabulary()
    file = tempfile.NamedTemporaryFile("w", suffix=".dict", delete=False)
    with open(f"{MODEL}/cmudict-en-us.dict") as whole, file:
        file.writelines(line for line in whole if re.split(r"[ (]", line, maxsplit=1)[0] in known)
    return file.name


class Recogniser:
    def __init__(self):
        config = Decoder.default_config()
        words = dictionary()
        config.set_string("-hmm", f"{MODEL}/en-us")
        config.set_string("-lm", f"{MODEL}/en-us.lm.bin")
        config.set_string("-dict", words)
        config.set_string("-logfn", "/dev/null")
        # One pass of three: the others would make it a little better and much slower.
        config.set_boolean("-fwdflat", False)
        # Silence that is taken out would move the times of all that follows.
        config.set_boolean("-remove_silence", False)
        self.decoder = Decoder(config)
        os.unlink(words)
        self.one = threading.Lock()

    def segments(self, pcm):
        """Segments with their words, which have times in seconds and probabilities."""
        with self.one:
            self.decoder.start_utt()
            self.decoder.process_raw(pcm, False, True)
            self.decoder.end_utt()
            if not pcm or self.decoder.hyp() is None:
                return []
            math = self.decoder.get_logmath()
            heard = [(s.word, s.start_frame, s.end_frame, math.exp(s.prob)) for s in self.decoder.seg()]
        segments = []
        for spelling, first, last, probability in heard:
            if spelling.startswith(("<", "[", "+")):
                continue
            word = {
                "word": " " + re.sub(r"\(\d+\)$", "", spelling),
                "start": round(first * FRAME, 2),
                "end": round(min((last + 1) * FRAME, len(pcm) / 2 / RATE), 2),
                "probability": min(1.0, probability),
            }
            if not segments or word["start"] - segments[-1][-1]["end"] > REST:
                segments.append([])
            segments[-1].append(word)
        return segments


def samples(file):
    """16-bit samples at 16 kHz, one channel; None when it is no sound."""
    try:
        with wave.open(io.BytesIO(file)) as sound:
            if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 1, 2):
                return sound.readframes(sound.getnframes())
    except (wave.Error, EOFError):
        pass
    command = ["ffmpeg", "-nostdin", "-v", "quiet", "-i", "pipe:0", "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
    done = subprocess.run(command, input=file, capture_output=True, timeout=60)
    return done.stdout if done.returncode == 0 else None


def form(content_type, body):
    """The parts of a form by name."""
    found = re.search(r'boundary="?([^";]+)', content_type or "")
    if not found:
        return {}
    parts = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + found.group(1).encode())[1:-1]:
        head, _, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb'\bname="([^"]*)"', head)
        if name:
            parts[name.group(1).decode()] = value
    return parts


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path == "/health":
            self.reply(200, {"status": "ok", "model_loaded": True, "model": "pocketsphinx"})
        else:
            self.reply(404, {"detail": "Not Found"})

    def do_POST(self):
        body = self.body()
        if self.path != "/transcribe":
            return self.reply(404, {"detail": "Not Found"})
        parts = form(self.headers.get("content-type"), body)
        if "file" not in parts:
            missing = {"loc": ["body", "file"], "msg": "Field required", "type": "missing"}
            return self.reply(422, {"detail": [missing]})
        pcm = samples(parts["file"])
        if pcm is None:
            return self.reply(500, "Internal Server Error")
        with_words = parts.get("word_timestamps", b"true").decode().lower() in TRUE
        segments = []
        for number, words in enumerate(self.server.recogniser.segments(pcm), 1):
            text = "".join(word["word"] for word in words).strip()
            segments.append({"id": number, "text": text, "start": words[0]["start"], "end": words[-1]["end"],
                             "words": words if with_words else None})
        self.reply(200, {
            "text": " ".join(segment["text"] for segment in segments),
            "language": "en",
            "language_probability": 1.0,
            "duration": len(pcm) / 2 / RATE,
            "segments": segments,
        })

    def body(self):
        if "chunked" not in self.headers.get("transfer-encoding", ""):
            return self.rfile.read(min(BYTES_MAX, int(self.headers.get("content-length", 0))))
        pieces, total = [], 0
        while size := int(self.rfile.readline().split(b";")[0], 16):
            total += size
            if total > BYTES_MAX:
                raise ConnectionError("too large")
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def reply(self, status, body):
        plain = isinstance(body, str)
        data = body.encode() if plain else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "text/plain; charset=utf-8" if plain else "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    server.recogniser = Recogniser()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(sys.argv[1] + ".part", "w") as file:
        file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".part", sys.argv[1])
    while sys.stdin.read(1024):
        pass


if __name__ == "__main__":
    main()
