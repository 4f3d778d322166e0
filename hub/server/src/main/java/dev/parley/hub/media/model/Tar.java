package dev.parley.hub.media.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads named files out of a tar archive (POSIX.1-1988 ustar, and what GNU tar and pax make of it
 * for short names). Names in the archive are only compared, never used as paths; what is not asked
 * for is skipped, links included.
 */
final class Tar {

  private static final int BLOCK = 512;
  private static final int ENTRIES_MAX = 1_000;
  private static final long BYTES_MAX = 1L << 30;

  private Tar() {}

  /**
   * The contents of the wanted plain files.
   *
   * @param wanted the largest size allowed of each, by its name
   * @return those that the archive has, the first of each name
   * @throws IOException when it is cut off, damaged, or larger than any archive of models
   */
  static Map<String, byte[]> read(InputStream archive, Map<String, Long> wanted)
      throws IOException {
    Map<String, byte[]> found = new HashMap<>();
    long bytes = 0;
    byte[] head = new byte[BLOCK];
    for (int i = 0; i < ENTRIES_MAX; i++) {
      if (!readBlock(archive, head) || isZero(head)) {
        return found;
      }
      check(head);
      long size = octal(head, 124, 12);
      bytes += size;
      if (bytes > BYTES_MAX) {
        throw new IOException("the archive has more than " + BYTES_MAX + " bytes");
      }
      String name = name(head);
      Long sizeMax = wanted.get(name);
      boolean plain = head[156] == '0' || head[156] == 0;
      if (sizeMax == null || !plain || found.containsKey(name)) {
        archive.skipNBytes(padded(size));
      } else if (size > sizeMax) {
        throw new IOException(name + ": " + size + " bytes (expected: at most " + sizeMax + ")");
      } else {
        found.put(name, content(archive, (int) size));
        archive.skipNBytes(padded(size) - size);
      }
    }
    throw new IOException("the archive has more than " + ENTRIES_MAX + " entries");
  }

  private static byte[] content(InputStream archive, int size) throws IOException {
    byte[] bytes = archive.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the archive is cut off");
    }
    return bytes;
  }

  /** False at the end, which some archives have without the two blocks of zeros. */
  private static boolean readBlock(InputStream archive, byte[] block) throws IOException {
    int read = archive.readNBytes(block, 0, BLOCK);
    if (read != 0 && read != BLOCK) {
      throw new EOFException("the archive is cut off");
    }
    return read == BLOCK;
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum of the head's bytes, its own eight taken as blanks. */
  private static void check(byte[] head) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
    }
    if (sum != octal(head, 148, 8)) {
      throw new IOException("the archive is damaged: a head has the wrong sum");
    }
  }

  private static long octal(byte[] head, int at, int length) throws IOException {
    String digits = text(head, at, length).strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw new IOException("the archive is damaged: no number where one belongs");
    }
    return Long.parseLong(digits, 8);
  }

  private static String name(byte[] head) {
    String name = text(head, 0, 100);
    boolean posix = text(head, 257, 6).equals("ustar");
    String prefix = posix ? text(head, 345, 155) : "";
    String whole = prefix.isEmpty() ? name : prefix + "/" + name;
    return whole.startsWith("./") ? whole.substring(2) : whole;
  }

  private static String text(byte[] head, int at, int length) {
    int end = at;
    while (end < at + length && head[end] != 0) {
      end++;
    }
    return new String(head, at, end - at, StandardCharsets.ISO_8859_1);
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }
}
