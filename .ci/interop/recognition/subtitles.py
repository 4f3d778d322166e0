"""Reading subtitles as players do, by libraries that know nothing of the hub."""

import io
import re

import srt
import webvtt

SRT_CUE = re.compile(r"\d+\n(\d\d+):[0-5]\d:[0-5]\d,\d{3} --> (\d\d+):[0-5]\d:[0-5]\d,\d{3}\n(.+\n)+", re.ASCII)
VTT_CUE = re.compile(r"(\d\d+):[0-5]\d:[0-5]\d\.\d{3} --> (\d\d+):[0-5]\d:[0-5]\d\.\d{3}\n(.+\n)+", re.ASCII)
LINE_MAX = 42


def read_srt(text):
    """The cues as (start, end, text), in seconds; with nothing before, between or behind them."""
    cues = text.split("\n\n")
    assert cues.pop() == "" and all(SRT_CUE.fullmatch(cue + "\n") for cue in cues), text
    found = list(srt.parse(text))
    assert [cue.index for cue in found] == list(range(1, len(cues) + 1))
    return judged([(cue.start.total_seconds(), cue.end.total_seconds(), cue.content) for cue in found])


def read_vtt(text):
    head, *cues = text.split("\n\n")
    assert head == "WEBVTT" and cues.pop() == "" and all(VTT_CUE.fullmatch(cue + "\n") for cue in cues), text
    found = list(webvtt.from_buffer(io.StringIO(text)))
    assert len(found) == len(cues)
    return judged([(cue.start_in_seconds, cue.end_in_seconds, cue.text) for cue in found])


def judged(cues):
    at = 0
    for start, end, text in cues:
        # Libraries that count in floats or whole seconds may be off by one in the last place.
        assert start < end and start >= at - 0.0015, cues
        at = end
        lines = text.split("\n")
        assert len(lines) <= 2 and all(0 < len(line) <= LINE_MAX for line in lines), text
    return cues


def words(cues):
    return " ".join(text for _, _, text in cues).split()
