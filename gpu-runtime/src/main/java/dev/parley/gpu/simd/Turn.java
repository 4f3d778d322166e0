package dev.parley.gpu.simd;

/**
 * Cosine and sine of {@code -2 pi} times a fraction, to the last bit or nearly so: the angle is
 * brought into the first eighth of the circle in integers, where doubles are finest.
 */
public record Turn(double cosine, double sine) {

  /** The turn by {@code part / whole} of a circle, clockwise. */
  public static Turn of(long part, long whole) {
    long eighths = Math.floorMod(part, whole) * 8;
    int octant = (int) (eighths / whole);
    long rest = octant % 2 == 0 ? eighths % whole : whole - eighths % whole;
    double angle = Math.PI / 4 * ((double) rest / whole);
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    return switch (octant) {
      case 0 -> new Turn(c, -s);
      case 1 -> new Turn(s, -c);
      case 2 -> new Turn(-s, -c);
      case 3 -> new Turn(-c, -s);
      case 4 -> new Turn(-c, s);
      case 5 -> new Turn(-s, c);
      case 6 -> new Turn(s, c);
      default -> new Turn(c, s);
    };
  }
}
