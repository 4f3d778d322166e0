package dev.parley.gpu.codec;

/**
 * Frame headers of the two formats that have nothing else to be known by: MPEG audio layer III (ISO
 * 11172-3 and 13818-3, section 2.4.1.3, and its extension to low rates) and ADTS (ISO 13818-7,
 * section 6.2). One frame's length leads to the next header, so a chain of them is no accident.
 */
enum SyncWord {
  MP3 {
    @Override
    int frameBytes(byte[] head, int at) {
      int version = (head[at + 1] >> 3) & 3;
      int layer = (head[at + 1] >> 1) & 3;
      int bitRate = (head[at + 2] >> 4) & 15;
      int rate = (head[at + 2] >> 2) & 3;
      if (!isSync(head, at, 0xE0) || version == 1 || layer != 1 || bitRate == 15 || rate == 3) {
        return 0;
      }
      if (bitRate == 0) {
        return 0;
      }
      int padding = (head[at + 2] >> 1) & 1;
      int kbps = (version == 3 ? KBPS_1 : KBPS_2)[bitRate];
      int hertz = HERTZ[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
      return (version == 3 ? 144_000 : 72_000) * kbps / hertz + padding;
    }
  },
  ADTS {
    @Override
    int frameBytes(byte[] head, int at) {
      boolean isLayerZero = (head[at + 1] & 0x06) == 0;
      int rate = (head[at + 2] >> 2) & 15;
      int length =
          ((head[at + 3] & 3) << 11) | ((head[at + 4] & 255) << 3) | ((head[at + 5] & 255) >> 5);
      boolean good = isSync(head, at, 0xF0) && isLayerZero && rate < 13 && length > 7;
      return good ? length : 0;
    }
  };

  /** Bytes of a header that {@link #frameBytes} reads. */
  static final int HEADER_BYTES = 6;

  private static final int[] KBPS_1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KBPS_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] HERTZ = {44_100, 48_000, 32_000};

  /** Length of the frame that begins at {@code at}, header included; 0 where none begins. */
  abstract int frameBytes(byte[] head, int at);

  private static boolean isSync(byte[] head, int at, int mask) {
    return head[at] == (byte) 0xFF && (head[at + 1] & mask) == mask;
  }
}
