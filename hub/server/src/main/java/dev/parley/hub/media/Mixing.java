package dev.parley.hub.media;

import java.io.IOException;

/**
 * Changes the number of channels. To one: the mean of all. From one: the same on each. Otherwise
 * channel {@code i} is the mean of the channels whose number leaves the remainder {@code i}, or
 * repeats them when more are wanted than there are.
 */
final class Mixing implements Sink {

  private final int to;
  private final Sink next;
  private float[][] mixed = {};

  Mixing(int to, Sink next) {
    this.to = to;
    this.next = next;
  }

  /** The same sink when nothing has to be done. */
  static Sink between(int from, int to, Sink next) {
    return from == to ? next : new Mixing(to, next);
  }

  @Override
  public void accept(float[][] planes, int frames) throws IOException {
    if (mixed.length == 0 || mixed[0].length < frames) {
      mixed = new float[to][frames];
    }
    for (int channel = 0; channel < to; channel++) {
      mix(planes, channel, mixed[channel], frames);
    }
    next.accept(mixed, frames);
  }

  private void mix(float[][] planes, int channel, float[] into, int frames) {
    int from = planes.length;
    if (channel >= from) {
      System.arraycopy(planes[channel % from], 0, into, 0, frames);
      return;
    }
    System.arraycopy(planes[channel], 0, into, 0, frames);
    int summed = 1;
    for (int other = channel + to; other < from; other += to) {
      float[] more = planes[other];
      for (int i = 0; i < frames; i++) {
        into[i] += more[i];
      }
      summed++;
    }
    if (summed > 1) {
      float share = 1f / summed;
      for (int i = 0; i < frames; i++) {
        into[i] *= share;
      }
    }
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
