package dev.parley.gpu.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Puts samples into a frame of FFmpeg, as the encoder wants them, within full scale. */
// Native access is granted to the whole program (--enable-native-access), as its libraries need it.
@SuppressWarnings("restricted")
final class FrameFill {

  /** How an encoder takes samples. */
  enum Layout {
    FLOAT_PLANES,
    FLOAT_INTERLEAVED,
    INT16_INTERLEAVED
  }

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final Layout layout;
  private final int channels;
  private final MemorySegment[] planes;

  FrameFill(Layout layout, int channels) {
    this.layout = layout;
    this.channels = channels;
    this.planes = new MemorySegment[layout == Layout.FLOAT_PLANES ? channels : 1];
  }

  /** From here on fills this frame, which holds {@code frames} of samples. */
  void aim(AVFrame frame, int frames) {
    long bytes =
        switch (layout) {
          case FLOAT_PLANES -> (long) frames * Float.BYTES;
          case FLOAT_INTERLEAVED -> (long) frames * channels * Float.BYTES;
          case INT16_INTERLEAVED -> (long) frames * channels * Short.BYTES;
        };
    for (int i = 0; i < planes.length; i++) {
      planes[i] = MemorySegment.ofAddress(frame.extended_data(i).address()).reinterpret(bytes);
    }
  }

  /** Puts {@code count} samples of each channel at {@code at}. */
  void put(float[][] from, int offset, int at, int count) {
    for (int channel = 0; channel < channels; channel++) {
      float[] samples = from[channel];
      switch (layout) {
        case FLOAT_PLANES -> floats(planes[channel], at, 1, samples, offset, count);
        case FLOAT_INTERLEAVED ->
            floats(planes[0], at * channels + channel, channels, samples, offset, count);
        case INT16_INTERLEAVED -> {
          long place = (long) at * channels + channel;
          for (int i = 0; i < count; i++, place += channels) {
            planes[0].setAtIndex(SHORT, place, (short) Samples.int16(samples[offset + i]));
          }
        }
      }
    }
  }

  /** Puts {@code count} samples of silence into each channel at {@code at}. */
  void silence(int at, int count) {
    int each = layout == Layout.FLOAT_PLANES ? 1 : channels;
    long size = (long) each * (layout == Layout.INT16_INTERLEAVED ? Short.BYTES : Float.BYTES);
    for (MemorySegment plane : planes) {
      plane.asSlice(at * size, count * size).fill((byte) 0);
    }
  }

  private static void floats(
      MemorySegment to, long first, int step, float[] samples, int offset, int count) {
    long place = first;
    for (int i = 0; i < count; i++, place += step) {
      to.setAtIndex(FLOAT, place, Samples.clipped(samples[offset + i]));
    }
  }
}
