package dev.parley.hub.access;

import dev.parley.hub.config.KeyConfig;

/** What is known of something that a caller showed as his key. */
public sealed interface Finding {

  /** A key that is good now. */
  record Good(KeyConfig key) implements Finding {}

  /**
   * None, or none any more.
   *
   * @param why a clause for the caller
   */
  record Bad(String why) implements Finding {}

  /** Perhaps one: the database has not been read yet. */
  record Unsure() implements Finding {}
}
