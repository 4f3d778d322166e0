package dev.parley.gpu.loudness;

/**
 * A filter of the second order with its state for one channel, in transposed direct form II.
 * Doubles, as the high-pass of the weighting lies at 38 Hz and its poles close to the unit circle.
 */
final class Biquad {

  /** The response by its coefficients, of which the leading one below is 1. */
  record Response(double b0, double b1, double b2, double a1, double a2) {

    private static final double SHELF_HZ = 1_681.974450955533;
    private static final double SHELF_DB = 3.999843853973347;
    private static final double SHELF_Q = 0.7071752369554196;
    private static final double SHELF_SLOPE = 0.4996667741545416;
    private static final double LOW_HZ = 38.13547087602444;
    private static final double LOW_Q = 0.5003270373238773;

    /**
     * The shelf of the standard's first table, which stands for the head, for any rate: the table
     * is the bilinear transform of this at 48 kHz.
     */
    static Response head(int rateHz) {
      double k = Math.tan(Math.PI * SHELF_HZ / rateHz);
      double high = Math.pow(10, SHELF_DB / 20);
      double middle = Math.pow(high, SHELF_SLOPE);
      double a0 = 1 + k / SHELF_Q + k * k;
      return new Response(
          (high + middle * k / SHELF_Q + k * k) / a0,
          2 * (k * k - high) / a0,
          (high - middle * k / SHELF_Q + k * k) / a0,
          2 * (k * k - 1) / a0,
          (1 - k / SHELF_Q + k * k) / a0);
    }

    /** The high-pass of the standard's second table for any rate. */
    static Response highPass(int rateHz) {
      double k = Math.tan(Math.PI * LOW_HZ / rateHz);
      double a0 = 1 + k / LOW_Q + k * k;
      return new Response(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / LOW_Q + k * k) / a0);
    }
  }

  private final Response response;
  private double first;
  private double second;

  Biquad(Response response) {
    this.response = response;
  }

  double next(double x) {
    double y = response.b0 * x + first;
    first = response.b1 * x - response.a1 * y + second;
    second = response.b2 * x - response.a2 * y;
    return y;
  }
}
