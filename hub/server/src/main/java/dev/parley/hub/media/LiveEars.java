package dev.parley.hub.media;

import dev.parley.core.audio.TurnDetection;
import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.gpu.vad.live.LiveDetections;
import dev.parley.gpu.vad.live.LiveListener;
import dev.parley.gpu.vad.live.LiveStream;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segmenter;
import dev.parley.gpu.vad.segment.SpeechEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One live stream behind its decoder: samples of any rate go to the detector, probabilities come
 * back as moments. Samples that the detector has no room for wait here, and whoever sends them is
 * told when they are gone.
 */
final class LiveEars implements LiveListener, AutoCloseable {

  /** Full scale of 16 bits. */
  private static final float FULL = 32_768;

  private final StreamingDetector detector;
  private final SpeechListener listener;

  /** Who wants the samples, too. */
  private final @Nullable SampleListener samplesTo;

  private final Segmenter segmenter;
  private final LiveStream stream;
  private final Runnable gone;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Void> left = new CompletableFuture<>();

  /** Settings that hold from the next probability on; null: those that hold already. */
  private final AtomicReference<@Nullable SegmentationSettings> changed = new AtomicReference<>();

  /** How many samples were decided about; of the thread that hears. */
  private long decided;

  // Guarded by this.
  private CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);
  private float[] waiting = {};
  private int waitingCount;
  private boolean finishing;
  private long samples;
  private @Nullable CompletableFuture<Void> room;

  LiveEars(
      StreamingDetector detector,
      LiveDetections detection,
      SegmentationSettings settings,
      SpeechListener listener,
      Runnable gone) {
    this.detector = detector;
    this.listener = listener;
    this.samplesTo = listener instanceof SampleListener wanted ? wanted : null;
    this.segmenter = new Segmenter(settings, detector.chunkSamples());
    this.gone = gone;
    this.stream = detection.open(this);
  }

  String model() {
    return detector.name();
  }

  int lagSamples() {
    int chunk = detector.chunkSamples();
    return chunk + Math.ceilDiv(detector.delaySamples(), chunk) * chunk;
  }

  void change(TurnDetection turns) {
    changed.set(Turns.settings(turns, SegmentationSettings.SERVER_VAD));
  }

  /** A chain of stages that ends here. */
  Sink from(int rateHz, int channels) {
    return Mixing.between(
        channels,
        1,
        Resampling.between(rateHz, SpeechDetector.RATE_HZ, 1, Profile.REALTIME, new End()));
  }

  /** Completes when there is room for more samples; at once if there is now. */
  CompletableFuture<Void> room() {
    CompletableFuture<Void> heard;
    CompletableFuture<Void> given;
    synchronized (this) {
      heard = heard();
      given = taken;
    }
    if (given.isDone()) {
      return heard;
    }
    // Whoever has left waits for nobody.
    return CompletableFuture.anyOf(left, CompletableFuture.allOf(heard, given))
        .thenApply(_ -> null);
  }

  private CompletableFuture<Void> heard() {
    if (waitingCount == 0) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> empty = room;
    if (empty == null) {
      empty = new CompletableFuture<>();
      room = empty;
    }
    return empty;
  }

  private synchronized void take(float[] heard, int count) {
    if (over.get()) {
      return;
    }
    samples += count;
    if (samplesTo != null) {
      taken = samplesTo.samples(shorts(heard, count));
    }
    offer(heard, count);
  }

  private void offer(float[] heard, int count) {
    int taken = waitingCount > 0 ? 0 : stream.offer(heard, 0, count);
    int rest = count - taken;
    if (rest > 0) {
      if (waiting.length < waitingCount + rest) {
        waiting = Arrays.copyOf(waiting, waitingCount + rest);
      }
      System.arraycopy(heard, taken, waiting, waitingCount, rest);
      waitingCount += rest;
    }
  }

  private static short[] shorts(float[] samples, int count) {
    short[] rounded = new short[count];
    for (int i = 0; i < count; i++) {
      rounded[i] =
          (short) Math.clamp(Math.round(samples[i] * FULL), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return rounded;
  }

  private synchronized void finishing() {
    finishing = true;
    if (waitingCount == 0 && !over.get()) {
      stream.finish();
    }
  }

  @Override
  public void heard(long chunk, float probability) {
    SegmentationSettings other = changed.getAndSet(null);
    if (other != null) {
      segmenter.change(other);
    }
    segmenter.hear(probability, this::tell);
    decided += detector.chunkSamples();
    if (samplesTo != null) {
      samplesTo.decided(decided, probability);
    }
    CompletableFuture<Void> emptied = drain();
    if (emptied != null) {
      emptied.complete(null);
    }
  }

  private synchronized @Nullable CompletableFuture<Void> drain() {
    if (waitingCount == 0) {
      return null;
    }
    int taken = stream.offer(waiting, 0, waitingCount);
    System.arraycopy(waiting, taken, waiting, 0, waitingCount - taken);
    waitingCount -= taken;
    if (waitingCount > 0) {
      return null;
    }
    if (finishing) {
      stream.finish();
    }
    CompletableFuture<Void> emptied = room;
    room = null;
    return emptied;
  }

  private void tell(SpeechEvent event) {
    listener.heard(
        new SpeechMoment(
            event instanceof SpeechEvent.Started,
            event.sample(),
            event.decidedAt(),
            event.probability()));
  }

  @Override
  public void finished() {
    long length;
    synchronized (this) {
      length = samples;
    }
    segmenter.finish(length, this::tell);
    if (leave()) {
      listener.finished();
    }
  }

  @Override
  public void failed(RuntimeException failure) {
    broken(failure);
  }

  /** The stream cannot go on. */
  void broken(Throwable failure) {
    if (leave()) {
      stream.close();
      listener.failed(Failures.known(failure));
    }
  }

  private boolean leave() {
    if (over.getAndSet(true)) {
      return false;
    }
    CompletableFuture<Void> emptied;
    synchronized (this) {
      emptied = room;
      room = null;
      waitingCount = 0;
    }
    gone.run();
    left.complete(null);
    if (emptied != null) {
      emptied.complete(null);
    }
    return true;
  }

  boolean isOver() {
    return over.get();
  }

  @Override
  public void close() {
    if (leave()) {
      stream.close();
    }
  }

  /** Where the stages end. */
  private final class End implements Sink {
    @Override
    public void accept(float[][] planes, int frames) throws IOException {
      take(planes[0], frames);
    }

    @Override
    public void end() {
      finishing();
    }

    @Override
    public void close() {}
  }
}
