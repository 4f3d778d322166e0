package dev.parley.hub.recognition;

import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.LiveCall;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.spi.LiveRecognizer;
import dev.parley.hub.media.ClipFile;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A stretch of speech that a backend hears while it is said: of every clip of it only what is new
 * is sent. Belongs to the caller's event loop.
 */
final class LiveStretch {

  private static final int BYTES = 2;

  /** What is sent behind the words is no more than this. */
  private static final int SILENCE_SAMPLES = Clip.RATE_HZ / 5;

  private final long start;
  private final Executor loop;
  private final Runnable gone;
  private final LiveRecognizer.Stretch way;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Transcript> written = new CompletableFuture<>();
  private long sent;
  private boolean over;

  /**
   * Opens it.
   *
   * @param start where it begins in the stream, in samples
   * @param gone called once, when the backend is done with it
   */
  LiveStretch(
      long start,
      RecognitionStep step,
      LiveRecognizer recognizer,
      LiveCall call,
      Executor loop,
      Runnable gone) {
    this.start = start;
    this.loop = loop;
    this.gone = gone;
    this.way = recognizer.open(call, step.target(), new Listening());
  }

  /** Whether a clip of the same beginning can be told by telling what is new in it. */
  boolean goesOnWith(long clipStart, Clip clip) {
    return !over && clipStart == start && clip.samples() + SILENCE_SAMPLES >= sent;
  }

  /** What was said so far. */
  Transcript heard(Clip clip) {
    tell(clip);
    return Transcript.ofText(text.toString().strip());
  }

  /** What was said in all of it. */
  CompletableFuture<Transcript> finished(Clip clip) {
    tell(clip);
    way.end();
    return written;
  }

  private void tell(Clip clip) {
    if (clip.samples() <= sent) {
      return;
    }
    int from = ClipFile.WAV_HEADER_BYTES + (int) sent * BYTES;
    int length = (int) (clip.samples() - sent) * BYTES;
    way.hear(clip.bytes(), from, length);
    sent = clip.samples();
  }

  boolean isOver() {
    return over;
  }

  /** Nobody is interested any more. */
  void close() {
    way.close();
    leave();
  }

  private void leave() {
    if (!over) {
      over = true;
      gone.run();
    }
  }

  private final class Listening implements LiveRecognizer.Listener {
    @Override
    public void heard(String more) {
      post(() -> text.append(more));
    }

    @Override
    public void written(Transcript transcript) {
      post(() -> {
        leave();
        written.complete(transcript);
      });
    }

    @Override
    public void failed(HubException failure) {
      post(() -> {
        leave();
        written.completeExceptionally(failure);
      });
    }

    private void post(Runnable step) {
      try {
        loop.execute(step);
      } catch (RejectedExecutionException _) {
        // The loop has stopped, and with it the caller's connection: nobody listens any more.
      }
    }
  }
}
