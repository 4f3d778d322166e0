package dev.parley.gpu.codec;

import java.util.Arrays;

/**
 * Samples without a header that arrive in pieces of any length, as from a microphone far away: a
 * sample that is cut in two is put together again. Works in memory alone and never waits. For one
 * thread at a time.
 */
public final class RawDecoder {

  private final SampleForm form;
  private final int channels;
  private final int stride;
  private final byte[] cut;
  private int held;
  private byte[] whole = {};

  private RawDecoder(SampleForm form, int channels) {
    this.form = form;
    this.channels = channels;
    this.stride = form.bytes() * channels;
    this.cut = new byte[stride];
  }

  /**
   * A new signal.
   *
   * @param format its encoding must be one without a header, its channels 1 to 64
   */
  public static RawDecoder of(Format format) {
    if (!format.encoding().isRaw() || format.channels() < 1) {
      throw new IllegalArgumentException(
          "format: " + format + " (expected: raw samples and their channels)");
    }
    return new RawDecoder(SampleForm.of(format.encoding()), format.channels());
  }

  /** Most frames that {@link #decode} may give for so many bytes. */
  public int framesMax(int bytes) {
    return (held + bytes) / stride;
  }

  /**
   * Takes {@code length} bytes and gives the frames that are whole with them.
   *
   * @param planes an array for each channel; gets samples of full scale 1, finite, from its start
   * @return how many frames were given, 0 to {@link #framesMax}
   */
  public int decode(byte[] from, int offset, int length, float[][] planes) {
    int frames = framesMax(length);
    int used = frames * stride;
    if (frames > 0) {
      byte[] bytes = from;
      int start = offset;
      if (held > 0) {
        whole = whole.length < used ? new byte[used] : whole;
        System.arraycopy(cut, 0, whole, 0, held);
        System.arraycopy(from, offset, whole, held, used - held);
        bytes = whole;
        start = 0;
      }
      for (int channel = 0; channel < channels; channel++) {
        form.channel(bytes, start + channel * form.bytes(), stride, planes[channel], frames);
        Finite.bound(planes[channel], frames);
      }
      int taken = used - held;
      held = length - taken;
      System.arraycopy(from, offset + taken, cut, 0, held);
    } else {
      System.arraycopy(from, offset, cut, held, length);
      held += length;
    }
    return frames;
  }

  /** Forgets a sample that was cut. */
  public void reset() {
    held = 0;
    Arrays.fill(cut, (byte) 0);
  }
}
