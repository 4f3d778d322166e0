package dev.parley.hub.media;

/** Raised-cosine fades of where sound was cut. Without state: for any thread. */
final class Edges {

  private final int frames;

  /**
   * @param frames how long a fade is
   */
  Edges(int frames) {
    this.frames = frames;
  }

  /** How long a fade is. */
  int frames() {
    return frames;
  }

  /** Fades in from the first frame on. */
  void fadeIn(float[][] planes, int count) {
    int length = Math.min(frames, count);
    for (float[] plane : planes) {
      for (int i = 0; i < length; i++) {
        plane[i] *= rise(i, length);
      }
    }
  }

  /** Fades the last {@code length} of {@code count} frames out. */
  void fadeOut(float[][] planes, int count, int length) {
    for (float[] plane : planes) {
      for (int i = 0; i < length; i++) {
        plane[count - 1 - i] *= rise(i, length);
      }
    }
  }

  /** Fades from one sound to another, into the other. */
  static void cross(float[][] from, int fromFrames, float[][] to, int toFrames) {
    int length = Math.min(fromFrames, toFrames);
    for (int channel = 0; channel < to.length; channel++) {
      for (int i = 0; i < length; i++) {
        float share = rise(i, length);
        to[channel][i] = share * to[channel][i] + (1 - share) * from[channel][i];
      }
    }
  }

  private static float rise(int i, int length) {
    return (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / length));
  }
}
