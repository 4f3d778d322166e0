package dev.parley.hub.media;

import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.segment.SpeechSegment;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps one channel as 16-bit integers, and how much power each 20 ms of it have. Memory grows with
 * the sound: its length is bounded before. For one thread at a time.
 */
final class WavTape implements Sink {

  static final int RATE_HZ = 24_000;

  private static final int FRAME = RATE_HZ / 50;
  private static final int FRAMES_OF_NOISE_MIN = 15;
  private static final double QUIETEST = 0.05;
  private static final double POWER_MIN = 1e-10;
  private static final double SNR_MAX_DB = 100;

  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream(RATE_HZ * 8);
  private double[] powers = new double[256];
  private int count;
  private double sum;
  private int filled;

  @Override
  public void accept(float[][] planes, int frames) {
    for (int i = 0; i < frames; i++) {
      float sample = planes[0][i];
      int whole = Math.clamp(Math.round(sample * 32_768f), Short.MIN_VALUE, Short.MAX_VALUE);
      pcm.write(whole);
      pcm.write(whole >> 8);
      sum += (double) sample * sample;
      filled++;
      if (filled == FRAME) {
        endFrame();
      }
    }
  }

  private void endFrame() {
    if (count == powers.length) {
      powers = Arrays.copyOf(powers, count * 2);
    }
    powers[count++] = sum / FRAME;
    sum = 0;
    filled = 0;
  }

  @Override
  public void end() {
    // What does not fill a frame is too short to say anything.
  }

  double seconds() {
    return pcm.size() / 2.0 / RATE_HZ;
  }

  /** The whole file. */
  byte[] wav() {
    byte[] file = ClipFile.wav(RATE_HZ, pcm.size());
    System.arraycopy(pcm.toByteArray(), 0, file, ClipFile.WAV_HEADER_BYTES, pcm.size());
    return file;
  }

  /** How far the speech stands above what is between it, in dB. */
  double snrDb(List<SpeechSegment> segments) {
    boolean[] spoken = new boolean[count];
    for (SpeechSegment segment : segments) {
      int from = frameOf(segment.start());
      Arrays.fill(spoken, from, Math.max(from, frameOf(segment.end())), true);
    }
    double speech = 0;
    double rest = 0;
    int speechFrames = 0;
    for (int i = 0; i < count; i++) {
      if (spoken[i]) {
        speech += powers[i];
        speechFrames++;
      } else {
        rest += powers[i];
      }
    }
    if (speechFrames == 0) {
      return 0;
    }
    int restFrames = count - speechFrames;
    double noise = restFrames >= FRAMES_OF_NOISE_MIN ? rest / restFrames : quietest();
    double floor = Math.max(noise, POWER_MIN);
    double above = Math.max(speech / speechFrames - floor, POWER_MIN);
    return Math.clamp(10 * Math.log10(above / floor), 0, SNR_MAX_DB);
  }

  private int frameOf(long sampleOfDetector) {
    long frame = sampleOfDetector * RATE_HZ / SpeechDetector.RATE_HZ / FRAME;
    return (int) Math.min(frame, count);
  }

  private double quietest() {
    double[] sorted = Arrays.copyOf(powers, count);
    Arrays.sort(sorted);
    return sorted[(int) (count * QUIETEST)];
  }

  @Override
  public void close() {}
}
