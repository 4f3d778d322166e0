package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.Transcript;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Has clips of one stream written down, one target standing in for another as for any call. Belongs
 * to the caller's event loop, on which its answers come.
 */
public interface ClipRecognizer {

  /**
   * A clip.
   *
   * @param start where it begins in the stream, in samples: of two clips of one beginning the later
   *     one has all that the earlier one has
   * @param clip within {@link #secondsMax}, WAV
   * @param before what was said right before it, as a hint; empty: nothing, or too long ago
   * @param languages BCP 47 tags to expect
   * @param phrases to expect
   * @param interim whether nobody is hurt when it is not written down at all: such clips are tried
   *     once and do not stand in line before others
   */
  record Ask(
      long start,
      Clip clip,
      String before,
      List<String> languages,
      List<Phrase> phrases,
      boolean interim) {
    public Ask {
      languages = List.copyOf(languages);
      phrases = List.copyOf(phrases);
    }
  }

  /**
   * Begins at once. Times of the answer count from the start of the clip. Cancelling the future
   * stops the work; it fails with a {@link dev.parley.core.error.HubException}.
   */
  CompletableFuture<Transcript> recognize(Ask ask);

  /**
   * Whether the answer for an interim tells all of its clip. A backend that hears while somebody
   * speaks tells what it has so far.
   */
  boolean interimsAreWhole();

  /** Whether an interim would be worked on at once. */
  boolean hasRoom();

  /** The stream is over: whatever is kept for it is let go of. */
  void close();

  /** Longest clip, in seconds. */
  double secondsMax();
}
