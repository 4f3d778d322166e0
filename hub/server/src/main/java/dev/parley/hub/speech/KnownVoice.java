package dev.parley.hub.speech;

import dev.parley.core.speech.Recording;
import dev.parley.hub.voice.LibraryVoice;
import java.util.Comparator;
import java.util.List;

/**
 * The voice of a call after the library was asked: what is left is to say it in the words of a
 * target.
 */
sealed interface KnownVoice {

  /** Nobody's in particular. */
  record Usual() implements KnownVoice {}

  /** One that the library does not have: the models may bring it. */
  record Foreign(String name) implements KnownVoice {}

  /**
   * One of the library.
   *
   * @param recordings of it, ready to be sent, in the order in which they came
   */
  record Library(LibraryVoice voice, List<Recording> recordings) implements KnownVoice {
    public Library {
      recordings = List.copyOf(recordings);
    }
  }

  /** The voice of a recording that came with the call. */
  record OneOff(Recording recording) implements KnownVoice {}

  /** One that is made up from words. */
  record Described(String description) implements KnownVoice {}

  /** A mixture; the weights sum to 1, and those of nothing are left out. */
  record Blend(List<Share> shares) implements KnownVoice {

    /** A voice and its share; the voice is {@link Foreign} or {@link Library}. */
    record Share(KnownVoice voice, double weight) {}

    public Blend {
      shares = List.copyOf(shares);
    }

    /** The one with the largest share. */
    KnownVoice heaviest() {
      return shares.stream().max(Comparator.comparingDouble(Share::weight)).orElseThrow().voice();
    }
  }

  /** How a caller may name it; empty where it has no name. */
  default String shownName() {
    return switch (this) {
      case Usual _, OneOff _, Described _, Blend _ -> "";
      case Foreign(var name) -> name;
      case Library(var voice, _) -> voice.id();
    };
  }
}
