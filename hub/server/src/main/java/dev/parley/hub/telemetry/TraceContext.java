package dev.parley.hub.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A place in a trace, as W3C trace context names it.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all zero
 * @param spanId 16 hexadecimal digits in lower case, not all zero
 * @param sampled whether somebody wants to see the trace
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

  /** The header that carries it. */
  public static final String HEADER = "traceparent";

  private static final int CHARS = 55;

  /** What a header says; empty when it is not one of version 00 or a later one that begins so. */
  public static Optional<TraceContext> parse(String header) {
    boolean shaped =
        header.length() >= CHARS
            && header.charAt(2) == '-'
            && header.charAt(35) == '-'
            && header.charAt(52) == '-'
            && (header.length() == CHARS || header.charAt(CHARS) == '-')
            && isHex(header, 0, 2)
            && isHex(header, 3, 35)
            && isHex(header, 36, 52)
            && isHex(header, 53, 55);
    if (!shaped
        || header.startsWith("ff")
        || (header.startsWith("00") && header.length() > CHARS)) {
      return Optional.empty();
    }
    String trace = header.substring(3, 35);
    String span = header.substring(36, 52);
    boolean zero = trace.chars().allMatch(c -> c == '0') || span.chars().allMatch(c -> c == '0');
    return zero
        ? Optional.empty()
        : Optional.of(
            new TraceContext(trace, span, (Character.digit(header.charAt(54), 16) & 1) == 1));
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The first place of a new trace. */
  static TraceContext root(RandomGenerator random, boolean sampled) {
    return new TraceContext(hex(random.nextLong()) + hex(nonZero(random)), "", sampled)
        .child(random);
  }

  /** A place below this one. */
  TraceContext child(RandomGenerator random) {
    return new TraceContext(traceId, hex(nonZero(random)), sampled);
  }

  private static long nonZero(RandomGenerator random) {
    long drawn = random.nextLong();
    return drawn == 0 ? 1 : drawn;
  }

  private static String hex(long bits) {
    return HexFormat.of().toHexDigits(bits);
  }

  /** As the header says it. */
  public String header() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }
}
