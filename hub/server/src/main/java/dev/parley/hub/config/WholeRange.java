package dev.parley.hub.config;

/** The inclusive bounds of a configured count or size; shown as {@code 1..10000}. */
public record WholeRange(long min, long max) {

  public WholeRange {
    if (max < min) {
      throw new IllegalArgumentException("not a range: " + min + ".." + max);
    }
  }

  public boolean contains(long value) {
    return value >= min && value <= max;
  }

  void require(String name, long value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed: " + this);
    }
  }

  String inBytes() {
    return SizeText.format(min) + ".." + SizeText.format(max);
  }

  @Override
  public String toString() {
    return min + ".." + max;
  }
}
