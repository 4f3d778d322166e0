package dev.parley.gpu.resample;

/**
 * What a resampler is good for. Band edges are parts of the Nyquist frequency of the lower rate:
 * what lies below the first passes unchanged, what lies above the second is taken away by so many
 * decibels, aliases and images included.
 */
public enum Profile {
  /** For live speech: 3 ms of delay between 16 kHz and higher rates, -100 dB. */
  REALTIME(0.91, 1.05, 102, 8),
  /** The default, for anything that is kept or recognised: -130 dB, in 32-bit floats. */
  HQ(0.915, 1.0, 134, 2.5),
  /** For measuring and mastering: -170 dB and better, worked out in doubles. */
  VHQ(0.915, 1.0, 205, 2.5);

  private final double passEdge;
  private final double stopEdge;
  private final double attenuationDb;
  private final double halvingRatio;

  Profile(double passEdge, double stopEdge, double attenuationDb, double halvingRatio) {
    this.passEdge = passEdge;
    this.stopEdge = stopEdge;
    this.attenuationDb = attenuationDb;
    this.halvingRatio = halvingRatio;
  }

  double passEdge() {
    return passEdge;
  }

  double stopEdge() {
    return stopEdge;
  }

  double attenuationDb() {
    return attenuationDb;
  }

  /** From this ratio of rates on, a short filter first halves (or last doubles) the rate. */
  double halvingRatio() {
    return halvingRatio;
  }
}
