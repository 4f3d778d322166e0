package dev.parley.hub.config;

import dev.parley.core.error.Shown;

/**
 * A place in the file: the key path as written, which messages show, and the key path of the
 * effective configuration, under which origins are kept. They differ for flat entries only.
 */
record Spot(String path, String effective) {

  static final Spot ROOT = new Spot("", "");

  static Spot at(String path) {
    return new Spot(path, path);
  }

  Spot key(String key) {
    return new Spot(joined(path, Shown.key(key)), joined(effective, key));
  }

  Spot item(int index) {
    return new Spot(path + "[" + index + "]", effective + "[" + index + "]");
  }

  /** The same place in the file, standing for another place of the effective configuration. */
  Spot standingFor(String otherEffective) {
    return new Spot(path, otherEffective);
  }

  private static String joined(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
