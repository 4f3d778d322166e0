package dev.parley.gpu.vad.segment;

import dev.parley.gpu.vad.segment.SpeechEvent.Cause;
import java.util.function.Consumer;

/**
 * Tells when speech starts and stops in a live signal, as soon as its probabilities decide it. The
 * spans are those that {@link Segments} finds in the whole signal; only the padding differs where
 * speech comes so soon that it would overlap: the end of the earlier one has what it needs, and the
 * later one starts behind it. For one thread at a time.
 */
public final class Segmenter {

  private final SpanFinder finder;
  private SegmentationSettings settings;
  private Consumer<SpeechEvent> events = _ -> {};
  private boolean announced;
  private float probability;
  private long lastEnd;

  /**
   * A new signal.
   *
   * @param chunkSamples samples that each probability stands for
   */
  public Segmenter(SegmentationSettings settings, int chunkSamples) {
    this.settings = settings;
    this.finder =
        new SpanFinder(
            settings,
            chunkSamples,
            new SpanFinder.Spans() {
              @Override
              public void ended(long start, long end, Cause cause, long next) {
                stopped(start, end, cause, next);
              }

              @Override
              public void dropped(long start, long end, Cause cause) {
                // Told of already: the signal ended within a chunk, or the settings changed.
                if (announced) {
                  stopped(start, end, cause, Long.MAX_VALUE);
                }
              }
            });
  }

  /** Other settings from the next probability on. */
  public void change(SegmentationSettings changed) {
    settings = changed;
    finder.change(changed);
  }

  /** Whether speech has started and not stopped. */
  public boolean speaking() {
    return announced;
  }

  /** Takes the probability of the next chunk, and gives at most two events for it. */
  public void hear(float chunk, Consumer<SpeechEvent> taker) {
    events = taker;
    probability = chunk;
    finder.hear(chunk);
    if (!announced && finder.certain()) {
      started(finder.start());
    }
  }

  /**
   * The signal ended.
   *
   * @param length its samples: the last chunk may be shorter
   */
  public void finish(long length, Consumer<SpeechEvent> taker) {
    events = taker;
    finder.finish(length);
  }

  private void started(long start) {
    announced = true;
    long sample = Math.max(lastEnd, start - SpanFinder.samples(settings.prefixPaddingMs()));
    events.accept(new SpeechEvent.Started(sample, finder.heard(), probability));
  }

  private void stopped(long start, long end, Cause cause, long next) {
    if (!announced) {
      started(start);
    }
    announced = false;
    long most = Math.min(next, cause == Cause.END ? end : finder.heard());
    lastEnd = Math.min(most, end + SpanFinder.samples(settings.endPaddingMs()));
    events.accept(new SpeechEvent.Stopped(lastEnd, finder.heard(), probability, cause));
  }
}
