package dev.parley.hub.usage;

import java.util.Locale;

/**
 * One line of CSV, RFC 4180, that grows by a field with each call. The one place that knows what
 * has to be quoted. For one thread.
 */
public final class CsvLine {

  private static final int CHARS = 256;

  private final StringBuilder line = new StringBuilder(CHARS);
  private boolean begun;

  /** The line of these words. */
  public static String of(String... words) {
    CsvLine line = new CsvLine();
    for (String word : words) {
      line.text(word);
    }
    return line.line();
  }

  /** A field that may hold anything. */
  public CsvLine text(String value) {
    // Tables compute what begins like a formula, and callers chose some of these names.
    boolean formula = !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0;
    String plain = formula ? "'" + value : value;
    boolean quoted = plain.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ');
    return field(quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain);
  }

  /** A count. */
  public CsvLine number(long value) {
    return field(Long.toString(value));
  }

  /** A count; empty when it is below 0, which says that nobody knows it. */
  public CsvLine known(long value) {
    return field(value < 0 ? "" : Long.toString(value));
  }

  /** A figure, as exact as it is. */
  public CsvLine figure(double value) {
    return field(Double.toString(value));
  }

  /** A figure with so many digits after the point. */
  public CsvLine figure(double value, int digits) {
    return field(String.format(Locale.ROOT, "%." + digits + "f", value));
  }

  private CsvLine field(String written) {
    if (begun) {
      line.append(',');
    }
    begun = true;
    line.append(written);
    return this;
  }

  /** The line so far, without an end. */
  public String line() {
    return line.toString();
  }
}
