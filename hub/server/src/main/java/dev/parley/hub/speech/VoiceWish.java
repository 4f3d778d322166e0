package dev.parley.hub.speech;

import dev.parley.hub.media.Sound;
import java.util.List;

/** Whose voice a caller wants. */
public sealed interface VoiceWish {

  /** Nobody's in particular. */
  record Usual() implements VoiceWish {}

  /** One of the library, by id or name, or one that the model brings. */
  record Named(String name) implements VoiceWish {}

  /** The voice of a recording, for this call alone. {@code transcript} may be empty. */
  record Recorded(Sound sound, String transcript) implements VoiceWish {}

  /** One made up from words. */
  record Described(String description) implements VoiceWish {}

  /** A mixture of 2..5; the weights are 0 or more and not all 0. */
  record Blended(List<Share> shares) implements VoiceWish {

    /** A voice of the library or the model, and its share. */
    public record Share(String name, double weight) {}

    public Blended {
      shares = List.copyOf(shares);
    }

    /** The same mixture with weights that sum to 1. */
    public Blended scaled() {
      double largest = shares.stream().mapToDouble(Share::weight).max().orElse(1);
      // Of the largest first: a sum of very large weights has no number.
      double sum = shares.stream().mapToDouble(share -> share.weight() / largest).sum();
      return new Blended(
          shares.stream()
              .map(share -> new Share(share.name(), share.weight() / largest / sum))
              .toList());
    }
  }
}
