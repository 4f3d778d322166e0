package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.recognition.Clip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one channel at {@link Clip#RATE_HZ} as the bytes of a whole file: 16-bit WAV, or FLAC where
 * that was asked for or as soon as it gets long. For one thread at a time.
 */
final class ClipTape implements Sink {

  /** Ten minutes of WAV are 18 MiB. */
  static final int WAV_SAMPLES_MAX = 600 * Clip.RATE_HZ;

  private static final int SAMPLES_USUAL = 10 * Clip.RATE_HZ;

  private final float[][] held = {new float[4_096]};
  private final PcmBuffer pcm = new PcmBuffer(SAMPLES_USUAL);
  private final ByteArrayOutputStream coded = new ByteArrayOutputStream();
  private @Nullable Writer flac;
  private long samples;
  private float peak;

  ClipTape(AudioEncoding encoding) throws IOException {
    if (encoding == AudioEncoding.FLAC) {
      flac = flac();
    }
  }

  private static Writer flac() throws IOException {
    return new Writer(AudioFormat.of(AudioEncoding.FLAC, Clip.RATE_HZ, 1));
  }

  long samples() {
    return samples;
  }

  /** Bytes of the file so far, about. */
  long size() {
    return flac == null ? ClipFile.WAV_HEADER_BYTES + samples * 2 : coded.size();
  }

  float peak() {
    return peak;
  }

  @Override
  public void accept(float[][] planes, int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      peak = Math.max(peak, Math.abs(planes[0][i]));
    }
    if (flac == null && samples + frames > WAV_SAMPLES_MAX) {
      recode();
    }
    if (flac == null) {
      pcm.add(planes[0], frames);
    } else {
      flac.accept(planes, frames);
      take(flac);
    }
    samples += frames;
  }

  /** What was kept becomes FLAC, and is let go. */
  private void recode() throws IOException {
    Writer writer = flac();
    flac = writer;
    for (int at = 0; at < pcm.samples(); at += held[0].length) {
      int frames = Math.min(held[0].length, pcm.samples() - at);
      pcm.read(at, held[0], frames);
      writer.accept(held, frames);
      take(writer);
    }
    pcm.clear();
  }

  private void take(Writer writer) {
    if (writer.hasBytes()) {
      coded.writeBytes(writer.take().data());
    }
  }

  @Override
  public void end() throws IOException {
    if (flac != null) {
      flac.end();
      take(flac);
    }
  }

  /** The whole file, after the end. */
  Clip clip() {
    return flac == null
        ? new Clip(AudioEncoding.WAV, wav(), samples)
        : new Clip(AudioEncoding.FLAC, ClipFile.counted(coded.toByteArray(), samples), samples);
  }

  private byte[] wav() {
    byte[] file = ClipFile.wav(Clip.RATE_HZ, pcm.samples() * 2);
    pcm.copy(0, pcm.samples(), file, ClipFile.WAV_HEADER_BYTES);
    return file;
  }

  @Override
  public void close() {
    if (flac != null) {
      flac.close();
    }
  }
}
