package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.Arrays;

/** The samples behind one header of a WAV file, which arrive cut anywhere. */
final class WavTrack {

  private static final long OPEN = Long.MAX_VALUE;

  private final SampleForm form;
  private final WavHeader header;
  private final int stride;
  private long left;
  private byte[] cut = {};
  private float[][] planes = {};

  WavTrack(SampleForm form, WavHeader header) {
    this.form = form;
    this.header = header;
    this.stride = form.bytes() * header.channels();
    this.left = header.dataBytes() < 0 ? OPEN : header.dataBytes();
  }

  WavHeader header() {
    return header;
  }

  /** Whether samples of the other header can follow these. */
  boolean isLike(WavHeader other) {
    return form == other.form()
        && header.channels() == other.channels()
        && header.sampleRateHz() == other.sampleRateHz();
  }

  /** Whether as much came as was declared. */
  boolean isFull() {
    return left == 0;
  }

  /** What was declared was wrong: more samples follow. */
  void goOn() {
    left = OPEN;
  }

  /** Gives what is whole of the samples, and tells how many bytes are of them. */
  int take(byte[] from, WavDecoder.Taker to) throws IOException {
    int used = (int) Math.min(from.length, left);
    left -= left == OPEN ? 0 : used;
    byte[] all = from;
    int length = cut.length + used;
    if (cut.length > 0) {
      all = Arrays.copyOf(cut, length);
      System.arraycopy(from, 0, all, cut.length, used);
    }
    int frames = length / stride;
    cut = Arrays.copyOfRange(all, frames * stride, length);
    if (frames > 0) {
      decode(all, frames);
      to.accept(planes, frames);
    }
    return used;
  }

  private void decode(byte[] from, int frames) {
    if (planes.length == 0 || planes[0].length < frames) {
      planes = new float[header.channels()][frames];
    }
    for (int channel = 0; channel < planes.length; channel++) {
      form.channel(from, channel * form.bytes(), stride, planes[channel], frames);
      Finite.bound(planes[channel], frames);
    }
  }
}
