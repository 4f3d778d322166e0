package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.OVER_LIMIT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.TRUNCATED;

import java.io.IOException;
import java.util.Arrays;

/**
 * The outermost boxes of an MPEG-4 file (ISO 14496-12, section 4.2). An index behind the sound
 * needs an input that can seek; one that cannot is kept in memory then, up to a limit.
 */
final class Mp4Boxes {

  private static final int BOXES_MAX = 100_000;
  private static final int MOOV = 0x6D6F6F76;
  private static final int MOOF = 0x6D6F6F66;
  private static final int MDAT = 0x6D646174;

  private Mp4Boxes() {}

  /** An input from whose start the file can be read, with its index within reach. */
  static Lookahead readable(Lookahead in, DecodeLimits limits)
      throws IOException, UnsupportedAudioException {
    if (!in.isSeekable() && isIndexFirst(in, limits.probeBytesMax())) {
      return in;
    }
    Lookahead file = in.isSeekable() ? in : new Lookahead(kept(in, limits.bufferBytesMax()));
    if (!hasIndex(file)) {
      throw new UnsupportedAudioException(
          TRUNCATED, "truncated: the index (moov) of the mp4 file is missing");
    }
    file.seek(0);
    return file;
  }

  private static boolean isIndexFirst(Lookahead in, int probeBytesMax) throws IOException {
    long at = 0;
    while (at + 16 <= probeBytesMax && in.peek((int) at + 16) >= at + 16) {
      int kind = int32(in.head(), (int) at + 4);
      if (kind == MOOV || kind == MOOF) {
        return true;
      }
      long size = size(in.head(), (int) at);
      if (kind == MDAT || size < 8) {
        return false;
      }
      at += size;
    }
    return false;
  }

  private static boolean hasIndex(ByteInput in) throws IOException {
    byte[] head = new byte[16];
    long at = 0;
    for (int box = 0; box < BOXES_MAX; box++) {
      in.seek(at);
      if (fill(in, head) < 8) {
        return false;
      }
      int kind = int32(head, 4);
      if (kind == MOOV || kind == MOOF) {
        return true;
      }
      long size = size(head, 0);
      if (size < 8 || at + size < at) {
        return false;
      }
      at += size;
    }
    return false;
  }

  private static ByteInput kept(Lookahead in, long bytesMax)
      throws IOException, UnsupportedAudioException {
    byte[] bytes = new byte[64 << 10];
    int filled = 0;
    while (true) {
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      int count = in.read(bytes, filled, bytes.length - filled);
      if (count < 0) {
        return ByteInput.of(Arrays.copyOf(bytes, filled));
      }
      filled += count;
      if (filled > bytesMax) {
        throw new UnsupportedAudioException(
            OVER_LIMIT,
            "the index (moov) of the mp4 file comes behind more than "
                + bytesMax
                + " bytes: write the file with its index in front (\"faststart\")");
      }
    }
  }

  private static int fill(ByteInput in, byte[] to) throws IOException {
    int filled = 0;
    while (filled < to.length) {
      int count = in.read(to, filled, to.length - filled);
      if (count < 0) {
        return filled;
      }
      filled += count;
    }
    return filled;
  }

  /** Size of a box with its header; less than 8 for one that goes on to the end. */
  private static long size(byte[] head, int at) {
    long size = int32(head, at) & 0xFFFF_FFFFL;
    return size == 1
        ? ((long) int32(head, at + 8) << 32) | (int32(head, at + 12) & 0xFFFF_FFFFL)
        : size;
  }

  private static int int32(byte[] from, int at) {
    return ((from[at] & 255) << 24)
        | ((from[at + 1] & 255) << 16)
        | ((from[at + 2] & 255) << 8)
        | (from[at + 3] & 255);
  }
}
