package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.CORRUPT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.TRUNCATED;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the samples of a RIFF WAVE file (Microsoft, Multimedia Programming Interface
 * 1.0 and WAVEFORMATEXTENSIBLE), or of its 64-bit form (EBU Tech 3306).
 *
 * @param form how samples are written; null for a coding that is not plain samples
 * @param dataBytes size of the samples as declared, -1 where it was left open
 */
record WavHeader(
    @Nullable SampleForm form, int channels, int sampleRateHz, int blockBytes, long dataBytes) {

  private static final int CHUNKS_MAX = 1_000;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final long OPEN = 0xFFFF_FFFFL;

  /** Reads up to the first sample; stops behind the description where {@code form} is null. */
  static WavHeader read(ByteInput in) throws IOException, UnsupportedAudioException {
    try {
      return chunks(new Little(in));
    } catch (EOFException _) {
      throw new UnsupportedAudioException(
          TRUNCATED, "truncated: the WAV file ends before its first sample");
    }
  }

  private static WavHeader chunks(Little in) throws IOException, UnsupportedAudioException {
    boolean isRiff = in.int32() == tag("RIFF");
    in.skip(8);
    long longSize = -1;
    WavHeader described = null;
    for (int chunk = 0; chunk < CHUNKS_MAX; chunk++) {
      int kind = in.int32();
      long size = in.int32() & OPEN;
      if (kind == tag("data")) {
        if (described == null) {
          throw corrupt("samples come before their description");
        }
        long known = size == OPEN ? longSize : size;
        // Writers that stream leave zero or the largest number; the end of the input then ends it.
        boolean isOpen = known <= 0 || (isRiff && size >= OPEN - 0xFFFF);
        return described.with(isOpen ? -1 : known);
      }
      long left = size;
      if (kind == tag("fmt ")) {
        described = description(in, size);
        if (described.form == null) {
          return described;
        }
        left = 0;
      } else if (kind == tag("ds64") && size >= 16) {
        in.skip(8);
        longSize = in.int64();
        left -= 16;
      }
      in.skip(left + (size & 1));
    }
    throw corrupt("more than " + CHUNKS_MAX + " chunks come before the samples");
  }

  private static WavHeader description(Little in, long size)
      throws IOException, UnsupportedAudioException {
    if (size < 14 || size > 65_536) {
      throw corrupt("its description is " + size + " bytes long");
    }
    int kind = in.int16();
    int channels = in.int16();
    int rate = in.int32();
    in.skip(4);
    int block = in.int16();
    int bits = size >= 16 ? in.int16() : 8;
    long left = size - (size >= 16 ? 16 : 14);
    if (kind == EXTENSIBLE && left >= 24) {
      in.skip(8);
      kind = in.int16();
      left -= 10;
    }
    in.skip(left);
    SampleForm form = form(kind, channels == 0 ? 0 : block * 8 / channels, bits);
    if (channels == 0 || rate <= 0) {
      throw corrupt("it declares " + channels + " channels at " + (rate & OPEN) + " Hz");
    }
    if (form == null && isPlain(kind)) {
      throw corrupt("it declares samples of " + bits + " bits");
    }
    return new WavHeader(form, channels, rate, block, -1);
  }

  /** Samples stand in as many bytes as the block says; fewer valid bits are left-aligned. */
  private static @Nullable SampleForm form(int kind, int containerBits, int bits) {
    int width = containerBits >= bits ? containerBits : bits;
    return switch (kind) {
      case 1 ->
          switch (width) {
            case 8 -> SampleForm.U8;
            case 16 -> SampleForm.S16;
            case 24 -> SampleForm.S24;
            case 32 -> SampleForm.S32;
            default -> null;
          };
      case 3 -> width == 32 ? SampleForm.F32 : width == 64 ? SampleForm.F64 : null;
      case 6 -> width == 8 ? SampleForm.ALAW : null;
      case 7 -> width == 8 ? SampleForm.MULAW : null;
      default -> null;
    };
  }

  private static boolean isPlain(int kind) {
    return kind == 1 || kind == 3 || kind == 6 || kind == 7;
  }

  private WavHeader with(long bytes) {
    return new WavHeader(form, channels, sampleRateHz, blockBytes, bytes);
  }

  private static UnsupportedAudioException corrupt(String what) {
    return new UnsupportedAudioException(CORRUPT, "corrupt WAV file: " + what);
  }

  private static int tag(String letters) {
    return letters.charAt(0)
        | (letters.charAt(1) << 8)
        | (letters.charAt(2) << 16)
        | (letters.charAt(3) << 24);
  }
}
