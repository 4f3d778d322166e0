package dev.parley.hub.speech;

import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.SynthesisAbilities;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Into what pieces a text is cut, and how many are spoken at once. Pure. */
final class PieceRules {

  /** Pieces that are spoken ahead, the one that is heard included. */
  private static final int AHEAD_MAX = 8;

  /** A server that streams has the next piece begun long before the one before is heard. */
  private static final int AHEAD_STREAMING = 3;

  private PieceRules() {}

  /**
   * A text is cut where it gains something by it: sound comes sooner from a server that makes whole
   * sounds, and a target that breaks costs one sentence where another can go on.
   *
   * @param text null while it is still being written
   * @param split what the caller says of it
   * @param meant what each target can do that is meant to speak, best first; never empty
   */
  static Script.Cutting cutting(
      @Nullable SpeechText text,
      Optional<Boolean> split,
      String language,
      List<SynthesisAbilities> meant) {
    int charactersMax = meant.stream().mapToInt(SynthesisAbilities::charactersMax).min().orElse(1);
    boolean cut =
        switch (text) {
          case SpeechText.Ssml _ -> false;
          case SpeechText.Plain plain ->
              split.orElse(
                  meant.size() > 1
                      || !meant.getFirst().streams()
                      || plain.text().length() > charactersMax);
          case null -> true;
        };
    return new Script.Cutting(cut, charactersMax, language);
  }

  /**
   * How many pieces are under way at most, 2..8.
   *
   * @param concurrency how many calls the backend takes at a time
   * @param streams whether it gives sound while it makes it
   */
  static int aheadMax(int concurrency, boolean streams) {
    return Math.clamp(concurrency + 1L, 2, streams ? AHEAD_STREAMING : AHEAD_MAX);
  }
}
