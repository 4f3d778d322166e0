package dev.parley.hub.edge.audio;

import java.util.Set;

/**
 * What a request may bring, as a form or as a JSON object.
 *
 * @param files which parts of a form are files
 * @param lists whether members of a JSON object may be lists and objects, as parts of a form may be
 *     given several times
 * @param large names of values that may be as large as a short recording in Base64
 */
public record FormRule(FileRule files, boolean lists, Set<String> large) {

  /** One file, and plain values. */
  static final FormRule PLAIN = new FormRule(FileRule.ONE, false, Set.of());

  public FormRule {
    large = Set.copyOf(large);
  }
}
