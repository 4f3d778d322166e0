package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.recognition.Clip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The newest stretch of a sound as 16-bit integers, one channel at {@link Clip#RATE_HZ}: grows at
 * its end and is let go of at its start. Positions count from the first sample of the sound. For
 * one thread at a time.
 */
final class PcmTape {

  private static final int BYTES = 2;
  private static final int BLOCK_FRAMES = 8_192;

  private byte[] pcm = new byte[Clip.RATE_HZ * BYTES];
  private long start;
  private int count;

  /** Where it begins. */
  long start() {
    return start;
  }

  /** Behind its last sample. */
  long end() {
    return start + count;
  }

  void add(float[] samples, int length) {
    int needed = (count + length) * BYTES;
    if (pcm.length < needed) {
      pcm = Arrays.copyOf(pcm, Math.max(needed, pcm.length + pcm.length / 2));
    }
    int at = count * BYTES;
    for (int i = 0; i < length; i++) {
      int whole = Math.clamp(Math.round(samples[i] * 32_768f), Short.MIN_VALUE, Short.MAX_VALUE);
      pcm[at++] = (byte) whole;
      pcm[at++] = (byte) (whole >> 8);
    }
    count += length;
  }

  /** Lets go of everything before a position. */
  void dropBefore(long position) {
    int gone = Math.clamp(position - start, 0, count);
    if (gone > 0) {
      System.arraycopy(pcm, gone * BYTES, pcm, 0, (count - gone) * BYTES);
      start += gone;
      count -= gone;
    }
  }

  /** One sample, as an integer. */
  int sample(long position) {
    int at = (int) (position - start) * BYTES;
    return (pcm[at] & 0xff) | pcm[at + 1] << 8;
  }

  /** The largest sample between two positions, full scale 32,768. */
  int peak(long from, long to) {
    int peak = 0;
    for (long i = from; i < to; i++) {
      peak = Math.max(peak, Math.abs(sample(i)));
    }
    return peak;
  }

  /** The stretches, one behind the other, as a file. */
  Clip clip(List<SoundPiece.Part> parts, AudioEncoding encoding) throws IOException {
    long samples = parts.stream().mapToLong(SoundPiece.Part::samples).sum();
    byte[] bytes =
        encoding == AudioEncoding.FLAC
            ? ClipFile.counted(flac(parts), samples)
            : wav(parts, (int) samples);
    return new Clip(encoding, bytes, samples);
  }

  private byte[] wav(List<SoundPiece.Part> parts, int samples) {
    byte[] file = ClipFile.wav(Clip.RATE_HZ, samples * BYTES);
    int at = ClipFile.WAV_HEADER_BYTES;
    for (SoundPiece.Part part : parts) {
      int length = (int) part.samples() * BYTES;
      System.arraycopy(pcm, (int) (part.from() - start) * BYTES, file, at, length);
      at += length;
    }
    return file;
  }

  private byte[] flac(List<SoundPiece.Part> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AudioFormat format = AudioFormat.of(AudioEncoding.FLAC, Clip.RATE_HZ, 1);
    try (Writer writer = new Writer(format)) {
      float[][] block = new float[1][BLOCK_FRAMES];
      for (SoundPiece.Part part : parts) {
        for (long at = part.from(); at < part.from() + part.samples(); at += BLOCK_FRAMES) {
          int frames = (int) Math.min(BLOCK_FRAMES, part.from() + part.samples() - at);
          for (int i = 0; i < frames; i++) {
            block[0][i] = sample(at + i) / 32_768f;
          }
          writer.accept(block, frames);
        }
        bytes.writeBytes(writer.take().data());
      }
      writer.end();
      bytes.writeBytes(writer.take().data());
    }
    return bytes.toByteArray();
  }
}
