package dev.parley.hub.limits;

import java.util.Locale;

/** What a limit is of. */
public enum Whose {
  /** All callers together. */
  HUB("the whole hub"),
  /** One key. */
  KEY("this key"),
  /** All keys of one owner together. */
  OWNER("this key's owner"),
  /** All calls for one name together. */
  MODEL("this model");

  private final String words;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Whose(String words) {
    this.words = words;
  }

  /** For a caller that it stands in the way of; never another's name. */
  String words() {
    return words;
  }

  String wireName() {
    return wireName;
  }
}
