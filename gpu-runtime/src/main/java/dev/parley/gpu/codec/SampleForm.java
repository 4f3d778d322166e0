package dev.parley.gpu.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How one sample is written in uncompressed files, all little-endian, and what it is as a float.
 */
enum SampleForm {
  U8(1, "pcm_u8") {
    @Override
    float sample(byte[] from, int at) {
      return ((from[at] & 255) - 128) * 0x1p-7f;
    }
  },
  S16(2, "pcm_s16le") {
    @Override
    float sample(byte[] from, int at) {
      return (short) SHORT.get(from, at) * 0x1p-15f;
    }
  },
  S24(3, "pcm_s24le") {
    @Override
    float sample(byte[] from, int at) {
      return ((from[at + 2] << 16) | ((short) SHORT.get(from, at) & 0xFFFF)) * 0x1p-23f;
    }
  },
  S32(4, "pcm_s32le") {
    @Override
    float sample(byte[] from, int at) {
      return (int) INT.get(from, at) * 0x1p-31f;
    }
  },
  F32(4, "pcm_f32le") {
    @Override
    float sample(byte[] from, int at) {
      return Float.intBitsToFloat((int) INT.get(from, at));
    }
  },
  F64(8, "pcm_f64le") {
    @Override
    float sample(byte[] from, int at) {
      return (float) Double.longBitsToDouble((long) LONG.get(from, at));
    }
  },
  MULAW(1, "pcm_mulaw") {
    @Override
    float sample(byte[] from, int at) {
      return G711.mulaw(from[at]) * 0x1p-15f;
    }
  },
  ALAW(1, "pcm_alaw") {
    @Override
    float sample(byte[] from, int at) {
      return G711.alaw(from[at]) * 0x1p-15f;
    }
  };

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final int bytes;
  private final String codec;

  /** How an encoding without a header writes samples. */
  static SampleForm of(Encoding encoding) {
    return switch (encoding) {
      case PCM_S16LE -> S16;
      case PCM_F32LE -> F32;
      case MULAW -> MULAW;
      case ALAW -> ALAW;
      case WAV, FLAC, MP3, OGG_OPUS, WEBM_OPUS, AAC_ADTS, MP4_AAC ->
          throw new IllegalArgumentException(encoding + " has a header");
    };
  }

  SampleForm(int bytes, String codec) {
    this.bytes = bytes;
    this.codec = codec;
  }

  /** Bytes of a sample. */
  int bytes() {
    return bytes;
  }

  String codec() {
    return codec;
  }

  /** The sample at {@code at}, full scale 1. */
  abstract float sample(byte[] from, int at);

  /** One channel of interleaved samples. */
  void channel(byte[] from, int at, int stride, float[] to, int frames) {
    for (int i = 0, place = at; i < frames; i++, place += stride) {
      to[i] = sample(from, place);
    }
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }
}
