package dev.parley.hub.recognition;

import dev.parley.core.recognition.LiveCall;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.spi.LiveRecognizer;
import dev.parley.core.time.Clock;
import dev.parley.hub.recognition.live.ClipRecognizer.Ask;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.resilience.Bulkhead;
import dev.parley.hub.telemetry.CallRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the stretches of a stream heard while they are said, where the backend can; what breaks is
 * written down as a clip after all. Belongs to the caller's event loop.
 */
final class LiveStretches {

  /** After a failure so many stretches go another way. */
  private static final int AVOIDED = 4;

  /** What was said is known already when it ends: a server that needs longer is asked otherwise. */
  private static final long FINAL_SECONDS_MAX = 15;

  private final RecognitionWish wish;
  private final CallRecord record;
  private final ScheduledExecutorService loop;
  private final Clock clock;
  private @Nullable LiveStretch open;
  private long lastStart = -1;
  private int avoided;

  LiveStretches(
      RecognitionWish wish, CallRecord record, ScheduledExecutorService loop, Clock clock) {
    this.wish = wish;
    this.record = record;
    this.loop = loop;
    this.clock = clock;
  }

  /**
   * What was said so far, or all of it.
   *
   * @param step whoever is asked first now
   * @param asClip the other way
   */
  CompletableFuture<Transcript> hear(
      Ask ask,
      List<String> languages,
      RecognitionStep step,
      Supplier<CompletableFuture<Transcript>> asClip) {
    LiveStretch stretch = stretch(ask, languages, step);
    if (stretch == null) {
      return asClip.get();
    }
    if (ask.interim()) {
      return CompletableFuture.completedFuture(stretch.heard(ask.clip()));
    }
    open = null;
    return new Final(stretch, ask, asClip);
  }

  /** The one that goes on with this clip, or a new one; null where it has to go another way. */
  private @Nullable LiveStretch stretch(Ask ask, List<String> languages, RecognitionStep step) {
    LiveStretch there = open;
    if (there != null && there.goesOnWith(ask.start(), ask.clip())) {
      return there;
    }
    if (there != null) {
      there.close();
      open = null;
    }
    boolean again = ask.start() == lastStart;
    lastStart = ask.start();
    if (avoided > 0 && !again) {
      avoided--;
    }
    if (again || avoided > 0 || !fits()) {
      return null;
    }
    Optional<LiveRecognizer> recognizer = step.recognizer().live(step.target().model());
    Bulkhead bulkhead = step.step().backend().bulkhead();
    if (recognizer.isEmpty() || !bulkhead.tryEnter()) {
      return null;
    }
    record.attempt(step.target(), clock.nanoTime());
    LiveStretch fresh =
        new LiveStretch(
            ask.start(),
            step,
            recognizer.get(),
            new LiveCall(languages, wish.requestId()),
            loop,
            bulkhead::exit);
    open = fresh;
    return fresh;
  }

  /** It gives plain text in the language that was spoken, and takes nothing but sound. */
  private boolean fits() {
    return wish.task() == RecognitionTask.TRANSCRIBE
        && wish.times() != RecognitionWish.Times.WORDS
        && wish.prompt().isEmpty()
        && wish.phrases().isEmpty()
        && !wish.logprobs()
        && wish.temperature().orElse(0) == 0;
  }

  /** Whether stretches are heard while they are said, if all goes well. */
  boolean isMeant(RecognitionStep step) {
    return open != null
        || (avoided == 0 && fits() && step.recognizer().live(step.target().model()).isPresent());
  }

  /** Whether a stretch is being heard while it is said. */
  boolean isOpen() {
    return open != null;
  }

  /** The stream is over. */
  void close() {
    LiveStretch there = open;
    if (there != null) {
      open = null;
      there.close();
    }
  }

  /** All of a stretch; asked for in the other way when this one breaks. */
  private final class Final extends CompletableFuture<Transcript> {

    private final LiveStretch stretch;
    private final ScheduledFuture<?> late;
    private @Nullable CompletableFuture<Transcript> instead;
    private boolean left;

    Final(LiveStretch stretch, Ask ask, Supplier<CompletableFuture<Transcript>> asClip) {
      this.stretch = stretch;
      this.late = loop.schedule(() -> broke(asClip), FINAL_SECONDS_MAX, TimeUnit.SECONDS);
      var _ =
          stretch
              .finished(ask.clip())
              .handle((transcript, failure) -> {
                if (failure == null) {
                  late.cancel(false);
                  complete(transcript);
                } else {
                  broke(asClip);
                }
                return null;
              });
    }

    private void broke(Supplier<CompletableFuture<Transcript>> asClip) {
      if (left || isDone()) {
        return;
      }
      left = true;
      late.cancel(false);
      stretch.close();
      avoided = AVOIDED;
      instead(asClip.get());
    }

    private void instead(CompletableFuture<Transcript> other) {
      instead = other;
      var _ =
          other.handle((transcript, failure) -> {
            if (failure == null) {
              complete(transcript);
            } else {
              completeExceptionally(failure);
            }
            return null;
          });
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean cancelled = super.cancel(mayInterrupt);
      if (cancelled) {
        late.cancel(false);
        stretch.close();
        if (instead != null) {
          instead.cancel(mayInterrupt);
        }
      }
      return cancelled;
    }
  }
}
