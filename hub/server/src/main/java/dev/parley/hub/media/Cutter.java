package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import java.util.Arrays;

/** Cuts plain samples into pieces of at most 100 ms; leaves other codings as they are. */
final class Cutter {

  private static final int PIECES_A_SECOND = 10;
  private static final int WAV_HEADER_BYTES = 44;

  private final int header;
  private final int frameBytes;
  private final int rateHz;
  private Piece whole = new Piece(new byte[0], 0);
  private int at;
  private long given;

  Cutter(AudioFormat format) {
    AudioEncoding encoding = format.encoding().orElseThrow();
    this.header = encoding == AudioEncoding.WAV ? WAV_HEADER_BYTES : 0;
    this.frameBytes = format.channels() * sampleBytes(encoding);
    this.rateHz = format.sampleRateHz();
  }

  /** 0 for codings that are not cut. */
  private static int sampleBytes(AudioEncoding encoding) {
    return switch (encoding) {
      case MULAW, ALAW -> 1;
      case PCM_S16LE, WAV -> 2;
      case PCM_F32LE -> 4;
      case FLAC, MP3, OGG_OPUS, WEBM_OPUS, AAC_ADTS, MP4_AAC -> 0;
    };
  }

  boolean hasRest() {
    return at < whole.data().length;
  }

  void put(Piece piece) {
    whole = piece;
    at = 0;
  }

  /** The next piece; none is left of what was put when {@link #hasRest} says so. */
  Piece next() {
    byte[] data = whole.data();
    if (frameBytes == 0) {
      at = data.length;
      return whole;
    }
    int most = Math.max(1, rateHz / PIECES_A_SECOND) * frameBytes + (given == 0 ? header : 0);
    int count = Math.min(most, data.length - at);
    long frame = Math.max(0, given - header) / frameBytes;
    byte[] cut = count == data.length ? data : Arrays.copyOfRange(data, at, at + count);
    at += count;
    given += count;
    return new Piece(cut, frame * 1_000 / rateHz);
  }
}
