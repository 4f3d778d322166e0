package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.gpu.vad.DetectorStream;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.SpeechDetectors;
import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segmenter;
import dev.parley.gpu.vad.segment.SpeechEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;

/**
 * Live sound without threads, for tests in which everything has its time: 16 bits at 16 kHz, heard
 * by the built-in detector before {@code hear} returns.
 */
public final class SteadyEars implements LiveSound {

  private final StreamingDetector detector = SpeechDetectors.builtIn();
  private final DetectorStream stream = detector.open();
  private final SampleListener listener;
  private final Segmenter segmenter;
  private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
  private long samples;
  private long decided;
  private boolean closed;

  private SteadyEars(TurnDetection turns, SampleListener listener) {
    this.listener = listener;
    this.segmenter = new Segmenter(settings(turns), detector.chunkSamples());
  }

  /** Opens one, whatever the format. */
  public static CompletableFuture<LiveSound> open(
      AudioFormat format, TurnDetection turns, SampleListener listener) {
    return CompletableFuture.completedFuture(new SteadyEars(turns, listener));
  }

  private static SegmentationSettings settings(TurnDetection turns) {
    return Turns.settings(turns, SegmentationSettings.SERVER_VAD);
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public String model() {
    return detector.name();
  }

  @Override
  public CompletableFuture<Void> hear(byte[] bytes) {
    var shorts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    var heard = new short[shorts.remaining()];
    shorts.get(heard);
    var floats = new float[heard.length];
    for (var i = 0; i < heard.length; i++) {
      floats[i] = heard[i] / 32_768f;
    }
    samples += heard.length;
    room = listener.samples(heard);
    var found = new float[stream.outputMax(floats.length)];
    tell(found, stream.process(floats, 0, floats.length, found, 0));
    return room;
  }

  private void tell(float[] found, int count) {
    for (var i = 0; i < count; i++) {
      segmenter.hear(found[i], this::tell);
      decided += detector.chunkSamples();
      listener.decided(decided, found[i]);
    }
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
  public CompletableFuture<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public int lagSamples() {
    var chunk = detector.chunkSamples();
    return chunk + Math.ceilDiv(detector.delaySamples(), chunk) * chunk;
  }

  @Override
  public void change(TurnDetection turns) {
    segmenter.change(settings(turns));
  }

  @Override
  public void finish() {
    var found = new float[stream.finishMax()];
    tell(found, stream.finish(found, 0));
    segmenter.finish(samples, this::tell);
    listener.finished();
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
  }

  /** The rate that it hears. */
  public static int rateHz() {
    return SpeechDetector.RATE_HZ;
  }
}
