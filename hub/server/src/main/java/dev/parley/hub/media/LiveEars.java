package dev.parley.hub.media;

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
import org.jspecify.annotations.Nullable;

/**
 * One live stream behind its decoder: samples of any rate go to the detector, probabilities come
 * back as moments. Samples that the detector has no room for wait here, and whoever sends them is
 * told when they are gone.
 */
final class LiveEars implements LiveListener, AutoCloseable {

  private final StreamingDetector detector;
  private final SpeechListener listener;
  private final Segmenter segmenter;
  private final LiveStream stream;
  private final Runnable gone;
  private final AtomicBoolean over = new AtomicBoolean();

  // Guarded by this.
  private float[] left = {};
  private int leftCount;
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
    this.segmenter = new Segmenter(settings, detector.chunkSamples());
    this.gone = gone;
    this.stream = detection.open(this);
  }

  String model() {
    return detector.name();
  }

  /** A chain of stages that ends here. */
  Sink from(int rateHz, int channels) {
    return Mixing.between(
        channels,
        1,
        Resampling.between(rateHz, SpeechDetector.RATE_HZ, 1, Profile.REALTIME, new End()));
  }

  /** Completes when there is room for more samples; at once if there is now. */
  synchronized CompletableFuture<Void> room() {
    if (leftCount == 0) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> waiting = room;
    if (waiting == null) {
      waiting = new CompletableFuture<>();
      room = waiting;
    }
    return waiting;
  }

  private synchronized void take(float[] heard, int count) {
    if (over.get()) {
      return;
    }
    samples += count;
    int taken = leftCount > 0 ? 0 : stream.offer(heard, 0, count);
    int rest = count - taken;
    if (rest > 0) {
      if (left.length < leftCount + rest) {
        left = Arrays.copyOf(left, leftCount + rest);
      }
      System.arraycopy(heard, taken, left, leftCount, rest);
      leftCount += rest;
    }
  }

  private synchronized void finishing() {
    finishing = true;
    if (leftCount == 0 && !over.get()) {
      stream.finish();
    }
  }

  @Override
  public void heard(long chunk, float probability) {
    segmenter.hear(probability, this::tell);
    CompletableFuture<Void> emptied = drain();
    if (emptied != null) {
      emptied.complete(null);
    }
  }

  private synchronized @Nullable CompletableFuture<Void> drain() {
    if (leftCount == 0) {
      return null;
    }
    int taken = stream.offer(left, 0, leftCount);
    System.arraycopy(left, taken, left, 0, leftCount - taken);
    leftCount -= taken;
    if (leftCount > 0) {
      return null;
    }
    if (finishing) {
      stream.finish();
    }
    CompletableFuture<Void> waiting = room;
    room = null;
    return waiting;
  }

  private void tell(SpeechEvent event) {
    long ms = event.sample() * 1_000 / SpeechDetector.RATE_HZ;
    listener.heard(new SpeechMoment(event instanceof SpeechEvent.Started, ms, event.probability()));
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
    CompletableFuture<Void> waiting;
    synchronized (this) {
      waiting = room;
      room = null;
      leftCount = 0;
    }
    gone.run();
    if (waiting != null) {
      waiting.complete(null);
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
