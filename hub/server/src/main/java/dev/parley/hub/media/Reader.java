package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.gpu.codec.AudioDecoder;
import dev.parley.gpu.codec.ByteInput;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.codec.StreamInfo;
import dev.parley.gpu.codec.UnsupportedAudioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;

/** Sound as blocks of at most 100 ms. For one thread at a time. */
final class Reader implements AutoCloseable {

  private static final int BLOCKS_A_SECOND = 10;
  private static final int RATE_MIN_HZ = 1_000;

  private final ByteInput bytes;
  private final AudioDecoder decoder;
  private final float[][] block;
  private long read;

  private Reader(ByteInput bytes, AudioDecoder decoder) {
    this.bytes = bytes;
    this.decoder = decoder;
    StreamInfo info = decoder.info();
    this.block = new float[info.channels()][Math.max(1, info.sampleRateHz() / BLOCKS_A_SECOND)];
  }

  static Reader open(Sound sound) throws IOException, UnsupportedAudioException {
    return open(sound, DecodeLimits.DEFAULT);
  }

  static Reader open(Sound sound, DecodeLimits limits)
      throws IOException, UnsupportedAudioException {
    Sound.Opened opened = sound.open();
    ByteInput bytes = opened.bytes();
    try {
      AudioDecoder decoder = AudioDecoder.open(bytes, Formats.declared(opened.declared()), limits);
      int rate = decoder.info().sampleRateHz();
      if (rate < RATE_MIN_HZ) {
        decoder.close();
        throw new HubException(
            new HubError.UnsupportedAudio(
                "audio", rate + " samples a second", RATE_MIN_HZ + " or more"));
      }
      return new Reader(bytes, decoder);
    } catch (IOException | UnsupportedAudioException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  int rateHz() {
    return decoder.info().sampleRateHz();
  }

  /** What the bytes are; nothing of it is open where they tell it. */
  AudioFormat format() {
    StreamInfo info = decoder.info();
    return new AudioFormat(
        info.encoding().map(Formats::encoding), info.sampleRateHz(), info.channels(), 0);
  }

  /** Length that the container states; empty where it states none. */
  OptionalDouble seconds() {
    return decoder.info().seconds();
  }

  int channels() {
    return decoder.info().channels();
  }

  /** The samples of the last block. */
  float[][] block() {
    return block;
  }

  /** Frames of the next block, which is then in {@link #block}; -1 at the end. */
  int next() throws IOException, UnsupportedAudioException {
    int frames = decoder.read(block);
    read += Math.max(0, frames);
    return frames;
  }

  /** Frames read so far. */
  long frames() {
    return read;
  }

  @Override
  public void close() {
    try (bytes) {
      decoder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
