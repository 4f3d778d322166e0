package dev.parley.gpu.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** The samples of a decoded frame, taken out piece by piece as floats of full scale 1. */
// Native access is granted to the whole program (--enable-native-access), as its libraries need it.
@SuppressWarnings("restricted")
final class NativeFrame {

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private MemorySegment[] planes = {};
  private int format;
  private int channels;
  private int samples;
  private int taken;

  /** Whether FFmpeg's sample format is one of those that {@link #take} knows. */
  static boolean isKnown(int format) {
    return bytes(format) > 0;
  }

  /** Looks at a frame, which must stay as it is until all is taken. */
  void show(AVFrame frame, int channels) {
    this.format = frame.format();
    this.channels = channels;
    this.samples = frame.nb_samples();
    this.taken = 0;
    int count = isPlanar() ? channels : 1;
    long bytes = (long) samples * bytes(format) * (isPlanar() ? 1 : channels);
    if (planes.length != count) {
      planes = new MemorySegment[count];
    }
    for (int i = 0; i < count; i++) {
      planes[i] = MemorySegment.ofAddress(frame.extended_data(i).address()).reinterpret(bytes);
    }
  }

  /** Frames that are still there. */
  int left() {
    return samples - taken;
  }

  /** Leaves out all but so many frames at the front. */
  void keep(int frames) {
    samples = taken + frames;
  }

  /** Leaves out frames from the front. */
  void skip(int frames) {
    taken += frames;
  }

  void take(float[][] to, int offset, int frames) {
    for (int channel = 0; channel < channels; channel++) {
      if (isPlanar()) {
        channel(planes[channel], taken, 1, to[channel], offset, frames);
      } else {
        channel(planes[0], taken * channels + channel, channels, to[channel], offset, frames);
      }
    }
    taken += frames;
  }

  private void channel(MemorySegment from, long at, int step, float[] to, int offset, int frames) {
    switch (format) {
      case avutil.AV_SAMPLE_FMT_FLT, avutil.AV_SAMPLE_FMT_FLTP -> {
        if (step == 1) {
          MemorySegment.copy(from, FLOAT, at * Float.BYTES, to, offset, frames);
          return;
        }
        for (int i = 0; i < frames; i++) {
          to[offset + i] = from.getAtIndex(FLOAT, at + (long) i * step);
        }
      }
      case avutil.AV_SAMPLE_FMT_S16, avutil.AV_SAMPLE_FMT_S16P -> {
        for (int i = 0; i < frames; i++) {
          to[offset + i] = from.getAtIndex(SHORT, at + (long) i * step) * 0x1p-15f;
        }
      }
      case avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P -> {
        for (int i = 0; i < frames; i++) {
          to[offset + i] = from.getAtIndex(INT, at + (long) i * step) * 0x1p-31f;
        }
      }
      case avutil.AV_SAMPLE_FMT_DBL, avutil.AV_SAMPLE_FMT_DBLP -> {
        for (int i = 0; i < frames; i++) {
          to[offset + i] = (float) from.getAtIndex(DOUBLE, at + (long) i * step);
        }
      }
      default -> {
        for (int i = 0; i < frames; i++) {
          int unsigned = from.get(JAVA_BYTE, at + (long) i * step) & 255;
          to[offset + i] = (unsigned - 128) * 0x1p-7f;
        }
      }
    }
  }

  private boolean isPlanar() {
    return format >= avutil.AV_SAMPLE_FMT_U8P && format <= avutil.AV_SAMPLE_FMT_DBLP;
  }

  private static int bytes(int format) {
    return switch (format) {
      case avutil.AV_SAMPLE_FMT_U8, avutil.AV_SAMPLE_FMT_U8P -> 1;
      case avutil.AV_SAMPLE_FMT_S16, avutil.AV_SAMPLE_FMT_S16P -> 2;
      case avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P -> 4;
      case avutil.AV_SAMPLE_FMT_FLT, avutil.AV_SAMPLE_FMT_FLTP -> 4;
      case avutil.AV_SAMPLE_FMT_DBL, avutil.AV_SAMPLE_FMT_DBLP -> 8;
      default -> 0;
    };
  }
}
