package dev.parley.hub.edge.transcript;

import java.util.List;

/**
 * What is shown at one time.
 *
 * @param startMs from the start of the sound
 * @param endMs after {@code startMs}
 * @param speaker empty: not known
 * @param lines 1 or 2, none of them empty
 */
record Cue(long startMs, long endMs, String speaker, List<String> lines) {
  Cue {
    lines = List.copyOf(lines);
  }

  Cue at(long start, long end) {
    return new Cue(start, end, speaker, lines);
  }
}
