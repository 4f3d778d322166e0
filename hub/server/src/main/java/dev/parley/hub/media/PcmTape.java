package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.recognition.Clip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * The newest stretch of a sound as 16-bit integers, one channel at {@link Clip#RATE_HZ}: grows at
 * its end and is let go of at its start. Positions count from the first sample of the sound. For
 * one thread at a time.
 */
final class PcmTape {

  private static final int BYTES = 2;
  private static final int BLOCK_FRAMES = 8_192;

  private final PcmBuffer pcm = new PcmBuffer(Clip.RATE_HZ);
  private long start;

  /** Where it begins. */
  long start() {
    return start;
  }

  /** Behind its last sample. */
  long end() {
    return start + pcm.samples();
  }

  void add(float[] samples, int length) {
    pcm.add(samples, length);
  }

  /** Lets go of everything before a position. */
  void dropBefore(long position) {
    int gone = Math.clamp(position - start, 0, pcm.samples());
    if (gone > 0) {
      pcm.dropFirst(gone);
      start += gone;
    }
  }

  /** One sample, as an integer. */
  int sample(long position) {
    return pcm.sample((int) (position - start));
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
      at = pcm.copy((int) (part.from() - start), (int) part.samples(), file, at);
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
          pcm.read((int) (at - start), block[0], frames);
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
