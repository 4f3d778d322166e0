"""What the fakes say, as samples; and judging what the hub made of it: who said what when, and how true it is.

The fakes speak as `dev.parley.testkit.content.SpokenText` does: two tones of 20 ms for each byte of the text, the high
half first, a tone for "the same again", and one that opens and closes an utterance.
"""

import dataclasses
import subprocess

import numpy

RATE = 24_000
TONE = 0.020
EDGE = 0.002
SILENCE = 0.120
REPEAT, GUARD, PITCHES = 16, 17, 18
HOP, WINDOW = 0.002, 0.010
PAUSE_FRAMES = 15
TONE_FRAMES = 3

# A millionth of full power is what 16 bits can tell from silence with room to spare.
SILENT_DB = -60


def hertz(pitch):
    return 400 + 180 * pitch


def pitches(text):
    found = [GUARD]
    for byte in text.encode():
        for half in (byte >> 4, byte & 15):
            found.append(REPEAT if found[-1] == half else half)
    return found + [GUARD]


def seconds(text):
    """Of the sounding part."""
    return len(pitches(text)) * TONE


def tones(text, rate=RATE):
    """The sounding part alone."""
    tune = numpy.array(pitches(text))
    time = numpy.arange(round(len(tune) * TONE * rate)) / rate
    slot = numpy.minimum(len(tune) - 1, (time / TONE).astype(int))
    within = time - slot * TONE
    distance = numpy.minimum(within, TONE - within)
    edge = numpy.where(distance >= EDGE, 1, 0.5 - 0.5 * numpy.cos(numpy.pi * numpy.maximum(0, distance) / EDGE))
    return 0.3 * edge * numpy.sin(2 * numpy.pi * hertz(tune[slot]) * within)


def as_spoken(text, rate=RATE):
    """The 16-bit samples of a fake that speaks the text in one piece, its silence included."""
    silence = numpy.zeros(int(SILENCE * rate))
    samples = numpy.concatenate([silence, tones(text, rate), silence]).astype("f4")
    return numpy.floor(samples * 32_767 + 0.5).astype("<i2")


def decode(data, *options, rate=RATE):
    """One channel, by ffmpeg, which must have nothing to complain of. (It warns of every WAV whose sizes are open.)"""
    command = ["ffmpeg", "-nostdin", "-v", "error", *options, "-i", "pipe:0"]
    command += ["-f", "f32le", "-ac", "1", "-ar", str(rate), "pipe:1"]
    done = subprocess.run(command, input=data, capture_output=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()
    return numpy.frombuffer(done.stdout, "<f4").astype(float)


def decode_as(data, name):
    return decode(data, *(["-f", "s16le", "-ar", str(RATE), "-ac", "1"] if name == "pcm" else []))


def db(power):
    return 10 * numpy.log10(max(power, 1e-30))


def power_db(samples):
    return db(numpy.mean(numpy.square(samples))) if len(samples) else -300


def heard(samples, rate=RATE):
    """The texts of the utterances, in order."""
    window = 0.5 - 0.5 * numpy.cos(2 * numpy.pi * (numpy.arange(round(WINDOW * rate)) + 0.5) / round(WINDOW * rate))
    half = len(window) // 2
    padded = numpy.concatenate([numpy.zeros(half), samples, numpy.zeros(len(window))])
    at = numpy.round(numpy.arange(int(len(samples) / (HOP * rate)) + 1) * HOP * rate).astype(int)
    frames = padded[at[:, None] + numpy.arange(len(window))]
    energy = numpy.square(frames) @ window
    time = numpy.arange(len(window)) / rate
    probes = numpy.exp(-2j * numpy.pi * numpy.outer(time, [hertz(p) for p in range(PITCHES)]))
    powers = numpy.square(numpy.abs((frames * window) @ probes))
    best = powers.argmax(1)
    pure = powers.max(1) > 0.5 * window.sum() * energy / 2
    silent = numpy.abs(frames).max(1) < 0.05 * numpy.abs(samples).max(initial=0)
    return Reader().read(numpy.where(silent, -2, numpy.where(pure, best, -1)))


class Reader:
    def __init__(self):
        self.texts, self.halves, self.last = [], [], -1

    def read(self, frames):
        candidate, run, still = -1, 0, 0
        for pitch in frames:
            still = still + 1 if pitch == -2 else 0
            if still >= PAUSE_FRAMES:
                self.end()
            run = run + 1 if pitch == candidate else 1
            candidate = pitch
            if run == TONE_FRAMES and pitch >= 0 and pitch != self.last:
                self.hear(pitch)
        self.end()
        return self.texts

    def hear(self, pitch):
        if pitch == GUARD:
            self.end()
        elif pitch != REPEAT:
            self.halves.append(pitch)
        elif self.halves:
            self.halves.append(self.halves[-1])
        self.last = pitch

    def end(self):
        pairs = zip(self.halves[::2], self.halves[1::2])
        data = bytes(int(high) << 4 | int(low) for high, low in pairs)
        if data:
            self.texts.append(data.decode(errors="replace"))
        self.halves, self.last = [], -1


@dataclasses.dataclass
class Placed:
    """A piece of the text and where its sound begins and ends, in seconds."""

    text: str
    start: float
    end: float


def least(cost, low, high):
    """Where a function with one valley is lowest."""
    while high - low > 0.005:
        third = (high - low) / 3
        low, high = (low, high - third) if cost(low + third) < cost(high - third) else (low + third, high)
    return (low + high) / 2


def place(samples, texts, rate=RATE):
    """Where each text is spoken, in order, and the sound that there should be: the texts there, silence between.

    By the peak of the cross-correlation, then by the part of a sample and the gain that leave the least: a decoder may
    deliver its sound late by any time, and a coder may resample.
    """
    expected = numpy.zeros(len(samples))
    placed, begin = [], 0
    for text in texts:
        wanted = tones(text, rate)
        rest = samples[begin:]
        size = 1 << (len(rest) + len(wanted)).bit_length()
        match = numpy.fft.irfft(numpy.fft.rfft(rest, size) * numpy.conj(numpy.fft.rfft(wanted, size)), size)
        lag = int(match[: max(1, len(rest) - len(wanted) + 64)].argmax()) + begin
        low, high = max(0, lag - 32), min(len(samples), lag + len(wanted) + 32)
        there = samples[low:high]
        size = 1 << (len(there) + len(wanted)).bit_length()
        base = numpy.zeros(size)
        base[lag - low : lag - low + len(wanted)] = wanted
        spectrum, frequency = numpy.fft.rfft(base), numpy.fft.rfftfreq(size)

        def rendition(by):
            later = numpy.fft.irfft(spectrum * numpy.exp(-2j * numpy.pi * frequency * by), size)[: len(there)]
            return later * (there @ later) / (later @ later)

        by = least(lambda part: numpy.sum((there - rendition(part)) ** 2), -1.0, 1.0)
        expected[low:high] += rendition(by)
        placed.append(Placed(text, (lag + by) / rate, (lag + by + len(wanted)) / rate))
        begin = min(len(samples) - 1, lag + len(wanted))
    return placed, expected


def snr_db(samples, expected):
    return power_db(expected) - power_db(samples - expected)
