package dev.parley.hub.media;

import dev.parley.gpu.vad.DetectorStream;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.StreamingDetector;
import java.util.Arrays;

/** Hears one channel at the detectors' rate and notes how probable speech is in every chunk. */
abstract class Probabilities implements Sink {

  private final int chunkSamples;
  private float[] values = new float[1_024];
  private int count;
  private long samples;

  private Probabilities(SpeechDetector detector) {
    this.chunkSamples = detector.chunkSamples();
  }

  static Probabilities of(SpeechDetector detector) {
    return detector instanceof StreamingDetector streaming
        ? new Streamed(streaming)
        : new Windowed(detector);
  }

  /** One for each chunk. */
  float[] values() {
    return Arrays.copyOf(values, count);
  }

  /** Samples that each of them stands for. */
  int chunkSamples() {
    return chunkSamples;
  }

  /** How many are known now. */
  int count() {
    return count;
  }

  /** One of them. */
  float value(int chunk) {
    return values[chunk];
  }

  /** How many samples were heard. */
  long samples() {
    return samples;
  }

  @Override
  public void accept(float[][] planes, int frames) {
    samples += frames;
    hear(planes[0], frames);
  }

  abstract void hear(float[] heard, int length);

  final void add(float[] more, int from, int to) {
    int length = to - from;
    if (values.length - count < length) {
      values = Arrays.copyOf(values, Math.max(values.length * 2, count + length));
    }
    System.arraycopy(more, from, values, count, length);
    count += length;
  }

  /** By a detector that decides as it goes. */
  private static final class Streamed extends Probabilities {

    private final DetectorStream stream;
    private float[] found = {};

    Streamed(StreamingDetector detector) {
      super(detector);
      this.stream = detector.open();
    }

    @Override
    void hear(float[] heard, int length) {
      room(stream.outputMax(length));
      add(found, 0, stream.process(heard, 0, length, found, 0));
    }

    @Override
    public void end() {
      room(stream.finishMax());
      add(found, 0, stream.finish(found, 0));
    }

    private void room(int most) {
      if (found.length < most) {
        found = new float[most];
      }
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  /**
   * By a detector that hears a sound whole: in windows that overlap, so that memory does not grow
   * with the sound. The first seconds of a window only get the detector used to it.
   */
  private static final class Windowed extends Probabilities {

    private static final int NEW_SECONDS = 30;
    private static final int AROUND_SECONDS = 3;

    private final SpeechDetector detector;
    private final int around;
    private final float[] window;
    private int filled;

    /** Samples at the start of the window whose chunks are noted already. */
    private int done;

    Windowed(SpeechDetector detector) {
      super(detector);
      this.detector = detector;
      int chunk = detector.chunkSamples();
      this.around = AROUND_SECONDS * SpeechDetector.RATE_HZ / chunk * chunk;
      this.window = new float[NEW_SECONDS * SpeechDetector.RATE_HZ / chunk * chunk + 2 * around];
    }

    @Override
    void hear(float[] heard, int length) {
      for (int at = 0; at < length; ) {
        int part = Math.min(length - at, window.length - filled);
        System.arraycopy(heard, at, window, filled, part);
        filled += part;
        at += part;
        if (filled == window.length) {
          note(filled - around);
          int kept = 2 * around;
          System.arraycopy(window, filled - kept, window, 0, kept);
          filled = kept;
          done = around;
        }
      }
    }

    /** Notes the chunks from {@code done} on that begin before {@code to}. */
    private void note(int to) {
      int chunk = detector.chunkSamples();
      float[] found = detector.probabilities(Arrays.copyOf(window, filled));
      add(found, done / chunk, Math.ceilDiv(to, chunk));
    }

    @Override
    public void end() {
      if (filled > done) {
        note(filled);
      }
    }

    @Override
    public void close() {}
  }
}
