package dev.parley.core.json;

/// How much structure a text may have; its length is bounded by whoever read the bytes.
///
/// @param depthMax objects and arrays open at once, 1..10000
/// @param elementsMax members of objects plus elements of arrays in the whole text, 0 or more
public record JsonLimits(int depthMax, int elementsMax) {

  /// Room for any real call, and a million-element array is refused half-way.
  public static final JsonLimits DEFAULT = new JsonLimits(128, 500_000);

  public JsonLimits {
    if (depthMax < 1 || depthMax > 10_000) {
      throw new IllegalArgumentException("depthMax: " + depthMax + " (expected: 1..10000)");
    }
    if (elementsMax < 0) {
      throw new IllegalArgumentException("elementsMax: " + elementsMax + " (expected: 0 or more)");
    }
  }
}
