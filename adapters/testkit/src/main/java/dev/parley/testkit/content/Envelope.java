package dev.parley.testkit.content;

/**
 * How loud a sound is over time, in three bands, one frame each 10 ms: enough to find a piece of a
 * recording again whatever its gain, rate or coding.
 */
final class Envelope {
  static final double FRAME_SECONDS = 0.010;

  private static final int BANDS = 3;
  private static final double FLOOR = 1e-4;

  /** Energy of a frame that sounds, against the loudest: 30 dB less. */
  private static final double SOUNDING_SHARE = 0.001;

  private final float[][] bands;
  private final int frames;

  /** How many frames sound before each. */
  private final int[] sounding;

  private Envelope(float[][] bands, int[] sounding) {
    this.bands = bands;
    this.sounding = sounding;
    this.frames = sounding.length - 1;
  }

  static Envelope of(float[] mono, int rateHz) {
    var frames = (int) (mono.length / (FRAME_SECONDS * rateHz));
    var energies = new double[BANDS][frames + 1];
    var low = 0.0;
    var middle = 0.0;
    var slow = 1 - Math.exp(-2 * Math.PI * 600 / rateHz);
    var fast = 1 - Math.exp(-2 * Math.PI * 1_800 / rateHz);
    for (var i = 0; i < mono.length; i++) {
      low += slow * (mono[i] - low);
      middle += fast * (mono[i] - middle);
      var frame = Math.min(frames, (int) (i / (FRAME_SECONDS * rateHz)));
      energies[0][frame] += low * low;
      energies[1][frame] += (middle - low) * (middle - low);
      energies[2][frame] += (mono[i] - middle) * (mono[i] - middle);
    }
    return new Envelope(logarithms(energies, frames), sounding(energies, frames));
  }

  private static int[] sounding(double[][] energies, int frames) {
    var sums = new double[frames];
    var loudest = 0.0;
    for (var i = 0; i < frames; i++) {
      for (var band : energies) {
        sums[i] += band[i];
      }
      loudest = Math.max(loudest, sums[i]);
    }
    var sounding = new int[frames + 1];
    for (var i = 0; i < frames; i++) {
      sounding[i + 1] = sounding[i] + (sums[i] > SOUNDING_SHARE * loudest ? 1 : 0);
    }
    return sounding;
  }

  /** Smoothed, so that it does not matter where in a frame a piece begins. */
  private static float[][] logarithms(double[][] energies, int frames) {
    var loudest = 1e-12;
    for (var band : energies) {
      for (var energy : band) {
        loudest = Math.max(loudest, energy);
      }
    }
    var bands = new float[BANDS][frames];
    for (var band = 0; band < BANDS; band++) {
      for (var i = 0; i < frames; i++) {
        var before = energies[band][Math.max(0, i - 1)];
        var after = energies[band][Math.min(frames - 1, i + 1)];
        var smooth = (before + 2 * energies[band][i] + after) / 4;
        bands[band][i] = (float) Math.log(smooth + FLOOR * loudest);
      }
    }
    return bands;
  }

  int frames() {
    return frames;
  }

  /** Which share of what sounds in this piece lies in a whole that it begins at a frame of. */
  double shared(Envelope whole, int at) {
    var from = Math.clamp(-at, 0, frames);
    var to = Math.clamp(whole.frames - at, from, frames);
    return (double) (sounding[to] - sounding[from]) / Math.max(1, sounding[frames]);
  }

  /**
   * How alike this piece and a whole are where the piece begins at a frame of the whole, which may
   * lie before its beginning: the correlation over what they share of its sound, -1 to 1.
   *
   * @param step every so manieth frame is looked at
   */
  double likeness(Envelope whole, int at, int step) {
    var from = Math.max(0, -at);
    var to = Math.min(frames, whole.frames - at);
    var sum = 0.0;
    for (var band = 0; band < BANDS; band++) {
      var mine = bands[band];
      var theirs = whole.bands[band];
      double x = 0;
      double y = 0;
      double xx = 0;
      double yy = 0;
      double xy = 0;
      var count = 0;
      for (var i = from; i < to; i += step) {
        if (sounding[i + 1] == sounding[i]) {
          // Pauses are alike everywhere.
          continue;
        }
        var a = mine[i];
        var b = theirs[at + i];
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
        count++;
      }
      var spread = (xx - x * x / count) * (yy - y * y / count);
      sum += count == 0 || !(spread > 1e-9) ? 0 : (xy - x * y / count) / Math.sqrt(spread);
    }
    return sum / BANDS;
  }
}
