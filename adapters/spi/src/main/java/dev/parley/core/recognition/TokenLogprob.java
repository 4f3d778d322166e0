package dev.parley.core.recognition;

import java.util.List;

/**
 * A token and how likely it was.
 *
 * @param token as text
 * @param logprob at most 0
 * @param bytes of the token, 0..255 each; empty: not told
 */
public record TokenLogprob(String token, double logprob, List<Integer> bytes) {
  public TokenLogprob {
    bytes = List.copyOf(bytes);
  }
}
