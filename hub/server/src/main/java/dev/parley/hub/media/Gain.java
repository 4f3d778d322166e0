package dev.parley.hub.media;

import java.io.IOException;

/** Makes sound louder or softer; what would exceed full scale is clipped. */
final class Gain implements Sink {

  private final float factor;
  private final Sink next;
  private float[][] scaled = {};

  Gain(double gainDb, Sink next) {
    this.factor = (float) Math.pow(10, gainDb / 20);
    this.next = next;
  }

  /** The same sink when nothing has to be done. */
  static Sink of(double gainDb, Sink next) {
    return gainDb == 0 ? next : new Gain(gainDb, next);
  }

  @Override
  public void accept(float[][] planes, int frames) throws IOException {
    if (scaled.length == 0 || scaled[0].length < frames) {
      scaled = new float[planes.length][frames];
    }
    for (int channel = 0; channel < planes.length; channel++) {
      float[] in = planes[channel];
      float[] out = scaled[channel];
      for (int i = 0; i < frames; i++) {
        out[i] = Math.clamp(in[i] * factor, -1f, 1f);
      }
    }
    next.accept(scaled, frames);
  }

  @Override
  public void end() throws IOException {
    next.end();
  }

  @Override
  public void close() {
    next.close();
  }
}
