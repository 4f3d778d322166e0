package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.OVER_LIMIT;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Samples from audio bytes, while the bytes arrive. What the bytes are is read from them, never
 * from a name; the delay that a coder put in front, and what it put behind, are taken off where the
 * container tells of them. Works in memory alone. For one thread at a time, which waits whenever
 * the input does, in native code too.
 */
public final class AudioDecoder implements AutoCloseable {

  private final ByteInput in;
  private final Source source;
  private final StreamInfo info;
  private final long framesMax;
  private final double secondsMax;
  private long frames;

  private AudioDecoder(ByteInput in, Source source, DecodeLimits limits) {
    this.in = in;
    this.source = source;
    this.info = source.info();
    this.secondsMax = limits.secondsMax();
    this.framesMax = (long) Math.min(0x1p62, secondsMax * info.sampleRateHz());
  }

  /**
   * Finds out what the input is and reads it up to its first sound.
   *
   * @param in read from where it is; closed with the decoder, and if this fails
   * @param declared for bytes without a header, what they are; else what the bytes say counts. Raw
   *     bytes that begin as a WAV file are read as one.
   * @throws UnsupportedAudioException if it is nothing that is read here, or breaks a limit
   * @throws IOException if the input threw it
   */
  public static AudioDecoder open(ByteInput in, Optional<Format> declared, DecodeLimits limits)
      throws UnsupportedAudioException, IOException {
    try {
      Source source = source(new Lookahead(in), declared, limits);
      return new AudioDecoder(in, source, limits);
    } catch (IOException | UnsupportedAudioException | RuntimeException | Error e) {
      try {
        in.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static Source source(Lookahead in, Optional<Format> declared, DecodeLimits limits)
      throws IOException, UnsupportedAudioException {
    Sniffer sniffer = new Sniffer(in, limits.probeBytesMax());
    if (declared.isPresent() && declared.get().encoding().isRaw() && !sniffer.isWav()) {
      return raw(in, declared.get(), limits);
    }
    Container container = sniffer.container();
    if (sniffer.isWav()) {
      WavHeader header = WavHeader.read(in);
      Limits.check(limits, header.channels(), header.sampleRateHz());
      if (header.form() != null) {
        in.keepNothing();
        return PcmSource.wav(in, header, header.form());
      }
      in.seek(0);
    }
    Lookahead file = container == Container.MP4 ? Mp4Boxes.readable(in, limits) : in;
    return FfmpegSource.open(file, container, sniffer.tagged(), limits);
  }

  private static Source raw(Lookahead in, Format format, DecodeLimits limits)
      throws IOException, UnsupportedAudioException {
    if (format.sampleRateHz() == 0 || format.channels() == 0) {
      throw new IllegalArgumentException(
          "format: " + format + " (expected: the rate and the channels of raw samples)");
    }
    Limits.check(limits, format.channels(), format.sampleRateHz());
    in.keepNothing();
    return PcmSource.raw(in, format);
  }

  /** What was found. */
  public StreamInfo info() {
    return info;
  }

  /** Pieces of the input that could not be decoded and were left out, up to here. */
  public long damaged() {
    return source.damaged();
  }

  /**
   * Reads the next frames as soon as there is one.
   *
   * @param planes an array for each channel, all as long as the first at least; gets samples of
   *     full scale 1, finite, from its start
   * @return how many frames were read, 1 to the length of the first array; -1 at the end
   * @throws UnsupportedAudioException if the input breaks a limit, or too much of it is damaged
   * @throws IOException if the input threw it
   */
  public int read(float[][] planes) throws IOException, UnsupportedAudioException {
    if (planes.length != info.channels() || planes[0].length == 0) {
      throw new IllegalArgumentException(
          "planes: " + planes.length + " (expected: " + info.channels() + ", of 1 frame at least)");
    }
    int count = source.read(planes, planes[0].length);
    if (count > 0) {
      frames += count;
      if (frames > framesMax) {
        throw new UnsupportedAudioException(
            OVER_LIMIT,
            "longer than %s seconds"
                .formatted(BigDecimal.valueOf(secondsMax).stripTrailingZeros().toPlainString()));
      }
      for (float[] plane : planes) {
        Finite.bound(plane, count);
      }
    }
    return count;
  }

  /** Lets go of all memory and closes the input. */
  @Override
  public void close() throws IOException {
    source.close();
    in.close();
  }
}
