package dev.parley.hub.edge.transcript;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What speakers are called in OpenAI's documents: by their names where these are known, else A, B
 * and so on in the order in which they first speak. For one answer.
 */
public final class SpeakerLabels {

  private static final int LETTERS = 26;

  private final Set<String> known;
  private final Map<String, String> labels = new HashMap<>();
  private int next;

  /**
   * @param known names that the caller gave
   */
  public SpeakerLabels(Set<String> known) {
    this.known = Set.copyOf(known);
  }

  String of(String speaker) {
    return known.contains(speaker) ? speaker : labels.computeIfAbsent(speaker, _ -> fresh());
  }

  private String fresh() {
    String label = letters(next++);
    while (known.contains(label)) {
      label = letters(next++);
    }
    return label;
  }

  /** A..Z, AA, AB... */
  private static String letters(int index) {
    String last = String.valueOf((char) ('A' + index % LETTERS));
    return index < LETTERS ? last : letters(index / LETTERS - 1) + last;
  }
}
