package dev.parley.hub.access;

import java.util.List;

/**
 * Some keys, in the order of their names.
 *
 * @param next the name after which the next page begins; empty: this was the last one
 */
public record KeyPage(List<KnownKey> keys, String next) {
  public KeyPage {
    keys = List.copyOf(keys);
  }
}
