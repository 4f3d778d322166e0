package dev.parley.gpu.codec;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The delay and padding of an MP3 file, from the first frame's tag: "Xing" or "Info" counts the
 * frames, and what the LAME encoder writes behind it (LAME Mp3 info tag, revision 1) tells how many
 * samples at both ends are none of the sound's. FFmpeg takes off the end only where it can seek, so
 * it is told to leave all of it.
 */
final class Mp3Trim implements Trim {

  /** Every decoder of layer III lags by so much. */
  private static final int DECODER_DELAY = 529;

  private static final int TAG_BYTES_MAX = 200;

  private final long start;
  private final long end;
  private final long resumed;
  private long position;

  private Mp3Trim(long start, long end, long resumed) {
    this.start = start;
    this.end = end;
    this.resumed = resumed;
  }

  /** From a first frame at {@code at}; {@link Trim#NONE} where it has no such tag. */
  static Trim read(byte[] head, int filled, int at) {
    if (at + TAG_BYTES_MAX > filled) {
      return NONE;
    }
    boolean isFirstVersion = (head[at + 1] & 0x08) != 0;
    boolean isMono = (head[at + 3] & 0xC0) == 0xC0;
    int sideInfo = isFirstVersion ? (isMono ? 17 : 32) : isMono ? 9 : 17;
    int tag = at + 4 + sideInfo;
    int name = int32(head, tag);
    int flags = int32(head, tag + 4);
    boolean isTag = name == 0x58696E67 || name == 0x496E666F;
    if (!isTag || (flags & 1) == 0) {
      return NONE;
    }
    int lame = tag + 12 + ((flags & 2) * 2) + ((flags & 4) * 25) + ((flags & 8) / 2);
    int ends = lame + 24 <= filled ? int32(head, lame + 20) & 0xFF_FFFF : 0;
    if (ends == 0) {
      return NONE;
    }
    long total = (int32(head, tag + 8) & 0xFFFF_FFFFL) * (isFirstVersion ? 1152 : 576);
    long end = total - (ends & 0xFFF) + DECODER_DELAY;
    return new Mp3Trim((ends >> 12) + DECODER_DELAY, Math.min(end, total), total);
  }

  @Override
  public void apply(NativeFrame shown, AVFrame frame) {
    long first = position;
    position += shown.left();
    if (first < start) {
      shown.skip((int) Math.min(start - first, shown.left()));
    } else if (position > end && position <= resumed) {
      shown.keep((int) Math.max(0, end - first));
    }
  }

  private static int int32(byte[] from, int at) {
    return ((from[at] & 255) << 24)
        | ((from[at + 1] & 255) << 16)
        | ((from[at + 2] & 255) << 8)
        | (from[at + 3] & 255);
  }
}
