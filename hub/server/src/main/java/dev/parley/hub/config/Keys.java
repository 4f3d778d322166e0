package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.List;

/** Lists of known keys, in the order in which messages name them. */
final class Keys {

  private static final int SHOWN_MAX = 20;

  private Keys() {}

  /** The first of them, as a message names them. */
  static String shown(List<String> keys) {
    String first = String.join(", ", keys.subList(0, Math.min(keys.size(), SHOWN_MAX)));
    return keys.size() > SHOWN_MAX ? first + ", …" : first;
  }

  @SafeVarargs
  static List<String> joined(List<String>... lists) {
    List<String> joined = new ArrayList<>();
    for (List<String> list : lists) {
      joined.addAll(list);
    }
    return List.copyOf(joined);
  }
}
