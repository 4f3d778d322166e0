package dev.parley.hub.media;

/** How much of a sound has been read; all of it when its pieces are taken. Thread-safe. */
public final class MeasuredLength {

  private final int rateHz;
  private volatile long frames;

  MeasuredLength(int rateHz) {
    this.rateHz = rateHz;
  }

  void frames(long read) {
    frames = read;
  }

  /** In seconds. */
  public double seconds() {
    return (double) frames / rateHz;
  }
}
