package dev.parley.hub.recognition;

import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.media.SoundPiece;
import java.util.List;

/**
 * What becomes of a clip: {@link Opened}, then some {@link Delta}s or none, then {@link Written}.
 */
sealed interface PieceEvent {

  /** A backend works on it. */
  record Opened() implements PieceEvent {}

  /** More of its text. */
  record Delta(String text, List<TokenLogprob> logprobs) implements PieceEvent {}

  /**
   * It is written down; times count from the start of the clip.
   *
   * @param untold what of the text was in no delta
   * @param words whether times of words are wanted, if there are any
   */
  record Written(SoundPiece piece, Transcript transcript, String untold, boolean words)
      implements PieceEvent {}
}
