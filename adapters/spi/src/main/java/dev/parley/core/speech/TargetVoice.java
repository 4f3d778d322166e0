package dev.parley.core.speech;

import java.util.List;

/** The voice of a call as one target has it. */
public sealed interface TargetVoice {

  /** The one that the model uses when nobody asks for another. */
  record Usual() implements TargetVoice {}

  /** One that the model brings, by the model's own name of it. */
  record Preset(String name) implements TargetVoice {}

  /**
   * One that the server was given before; {@code name} is what its {@link KeptVoice} is called
   * there.
   */
  record Kept(String name) implements TargetVoice {}

  /** One that goes with the call; never empty. */
  record Recorded(List<Recording> recordings) implements TargetVoice {
    public Recorded {
      recordings = List.copyOf(recordings);
    }
  }

  /** One that is made up from words. */
  record Described(String description) implements TargetVoice {}

  /** Several of the model's own; the weights sum to 1. */
  record Blended(List<Share> shares) implements TargetVoice {

    /** A preset and its share. */
    public record Share(String name, double weight) {}

    public Blended {
      shares = List.copyOf(shares);
    }
  }
}
