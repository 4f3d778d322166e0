package dev.parley.core.speech;

import java.util.List;

/**
 * A voice for a server that keeps recordings.
 *
 * @param contentKey hash over the recordings, lower-case hexadecimal: equal keys mean equal voices,
 *     so a server that has one of that key needs no other
 * @param language BCP 47 tag of what is said; empty when unknown
 * @param recordings never empty
 */
public record KeptVoice(String contentKey, String language, List<Recording> recordings) {
  public KeptVoice {
    recordings = List.copyOf(recordings);
  }
}
