package dev.parley.adapters.freetts;

import com.sun.speech.freetts.audio.AudioPlayer;
import java.io.ByteArrayOutputStream;
import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;

/** Takes what a voice speaks instead of a loudspeaker. */
final class Recorder implements AudioPlayer {

  /** Seventeen minutes at 16 kHz: more than the longest text of one call lasts. */
  private static final int BYTES_MAX = 32 * 1024 * 1024;

  private final ByteArrayOutputStream sound = new ByteArrayOutputStream();
  private @Nullable AudioFormat format;
  private boolean full;

  void clear() {
    sound.reset();
    full = false;
  }

  boolean isFull() {
    return full;
  }

  /** What was spoken; the engine's own order of bytes is the other one. */
  byte[] takeLittleEndian() {
    byte[] bytes = sound.toByteArray();
    sound.reset();
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      byte high = bytes[i];
      bytes[i] = bytes[i + 1];
      bytes[i + 1] = high;
    }
    return bytes;
  }

  @Override
  public boolean write(byte[] bytes) {
    return write(bytes, 0, bytes.length);
  }

  @Override
  public boolean write(byte[] bytes, int offset, int size) {
    if (sound.size() + size > BYTES_MAX) {
      full = true;
      return false;
    }
    sound.write(bytes, offset, size);
    return true;
  }

  @Override
  public void setAudioFormat(AudioFormat other) {
    format = other;
  }

  @Override
  public @Nullable AudioFormat getAudioFormat() {
    return format;
  }

  @Override
  public void begin(int size) {}

  @Override
  public boolean end() {
    return true;
  }

  @Override
  public boolean drain() {
    return true;
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void reset() {}

  @Override
  public void cancel() {}

  @Override
  public void close() {}

  @Override
  public float getVolume() {
    return 1;
  }

  @Override
  public void setVolume(float volume) {}

  @Override
  public long getTime() {
    return 0;
  }

  @Override
  public void resetTime() {}

  @Override
  public void startFirstSampleTimer() {}

  @Override
  public void showMetrics() {}
}
