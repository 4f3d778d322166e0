"""Answers the benchmark of the kernels: one line asks, one line answers. The first line names what is installed."""

import importlib
import sys
import time


def installed(name):
    try:
        importlib.import_module(name)
        return True
    except Exception:
        return False


def soxr_seconds(in_rate, out_rate, block, seconds):
    """Processor time of the whole process for white noise of that length, in blocks of so many samples."""
    import numpy
    import soxr

    noise = numpy.random.default_rng(1).uniform(-0.5, 0.5, in_rate * seconds).astype(numpy.float32)
    stream = soxr.ResampleStream(in_rate, out_rate, 1, dtype="float32", quality="HQ")
    began = time.process_time()
    for at in range(0, len(noise), block):
        stream.resample_chunk(noise[at : at + block], last=at + block >= len(noise))
    return time.process_time() - began


def pair(clean, found):
    import numpy

    return numpy.fromfile(clean, "<f4"), numpy.fromfile(found, "<f4")


def answer(words):
    if words[0] == "soxr":
        return soxr_seconds(*(int(word) for word in words[1:]))
    clean, found = pair(words[2], words[3])
    if words[0] == "stoi":
        import pystoi

        return pystoi.stoi(clean, found, int(words[1]), extended=False)
    if words[0] == "pesq":
        import pesq

        return pesq.pesq(int(words[1]), clean, found, "wb")
    raise ValueError("unknown: " + words[0])


print(" ".join(name for name in ("numpy", "soxr", "pystoi", "pesq") if installed(name)), flush=True)
for line in sys.stdin:
    try:
        print(float(answer(line.rstrip("\n").split("\t"))), flush=True)
    except Exception as failure:
        print("failed:", repr(failure).replace("\n", " "), flush=True)
