package dev.parley.hub.usage;

/** Whose money is asked for. */
public enum SpentBy {
  /** All of the hub's. */
  HUB(""),
  /** That of a key, by its name. */
  KEY("key_name"),
  /** That of an owner. */
  OWNER("owner"),
  /** That of a model, by the name that callers use. */
  MODEL("model");

  private final String column;

  SpentBy(String column) {
    this.column = column;
  }

  /** Empty for all rows. */
  String column() {
    return column;
  }

  boolean isOf(UsageRow row, String name) {
    return switch (this) {
      case HUB -> true;
      case KEY -> row.key().equals(name);
      case OWNER -> row.owner().equals(name);
      case MODEL -> row.asked().model().equals(name);
    };
  }
}
