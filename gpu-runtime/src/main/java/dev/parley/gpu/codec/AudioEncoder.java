package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.Objects;

/**
 * Audio bytes from samples, while the samples arrive. The samples must have the rate and the
 * channels of the format; see {@link #rateFor} and {@link #channelsMax}. Bytes leave as soon as the
 * coding and the container let them. Any split of the samples gives the same bytes. Integers are
 * rounded and clipped, without dither. For one thread at a time.
 */
public final class AudioEncoder implements AutoCloseable {

  private final Format format;
  private final Sink sink;
  private boolean finished;

  private AudioEncoder(Format format, Sink sink) {
    this.format = format;
    this.sink = sink;
  }

  /**
   * Begins to write; a header leaves at once where the container can know it.
   *
   * @param format with a rate and channels that the encoding carries; without a bit rate one is
   *     chosen that keeps speech as it is, and one that the encoding cannot have becomes the
   *     nearest
   * @throws IllegalArgumentException if the encoding does not carry such samples
   * @throws IOException if the output threw it
   */
  public static AudioEncoder open(Format format, ByteOutput out) throws IOException {
    Carrier carrier = Carrier.of(format.encoding());
    if (!carrier.carries(format.sampleRateHz())) {
      throw new IllegalArgumentException(
          "sampleRateHz: "
              + format.sampleRateHz()
              + " ("
              + format.encoding()
              + " carries "
              + (carrier.ratesHz().isEmpty() ? "1 Hz and more" : carrier.ratesHz() + " Hz")
              + ")");
    }
    if (format.channels() < 1 || format.channels() > carrier.channelsMax()) {
      throw new IllegalArgumentException(
          "channels: "
              + format.channels()
              + " ("
              + format.encoding()
              + " carries 1.."
              + carrier.channelsMax()
              + ")");
    }
    boolean isPlain = carrier.codec().isEmpty();
    return new AudioEncoder(
        format, isPlain ? new PcmSink(format, out) : FfmpegSink.open(format, out));
  }

  /**
   * The rate to give to an encoder for a wanted one: the lowest that the encoding carries and that
   * loses no sound, else its highest, in Hz.
   */
  public static int rateFor(Encoding encoding, int wantedHz) {
    return Carrier.of(encoding).rateFor(wantedHz);
  }

  /** Most channels that can be written in an encoding. */
  public static int channelsMax(Encoding encoding) {
    return Carrier.of(encoding).channelsMax();
  }

  /** What is written. */
  public Format format() {
    return format;
  }

  /**
   * Takes {@code frames} samples of each channel from {@code offset} on, full scale 1; what is
   * beyond is clipped, what is not a number becomes silence.
   *
   * @throws IOException if the output threw it; nothing may follow then but {@link #close}
   */
  public void write(float[][] planes, int offset, int frames) throws IOException {
    if (finished) {
      throw new IllegalStateException("the encoder is finished");
    }
    if (planes.length != format.channels()) {
      throw new IllegalArgumentException(
          "planes: " + planes.length + " (expected: " + format.channels() + ")");
    }
    for (float[] plane : planes) {
      Objects.checkFromIndexSize(offset, frames, plane.length);
    }
    sink.write(planes, offset, frames);
  }

  /**
   * Makes all that was written so far come out of a decoder that reads the bytes up to here. A
   * coding of whole blocks, or one that looks ahead, needs silence for that: none for plain
   * samples, some 15 to 200 ms for the others, which are part of the stream from then on.
   *
   * @return how many frames of silence were added, for each channel
   * @throws IOException if the output threw it; nothing may follow then but {@link #close}
   */
  public int flush() throws IOException {
    if (finished) {
      throw new IllegalStateException("the encoder is finished");
    }
    return sink.flush();
  }

  /** Writes what is held back and the end of the file; nothing may follow but {@link #close}. */
  public void finish() throws IOException {
    if (!finished) {
      finished = true;
      sink.finish();
    }
  }

  /** Lets go of all memory; without {@link #finish} before, what was written is cut off. */
  @Override
  public void close() {
    finished = true;
    sink.close();
  }
}
