package dev.parley.hub.bench.codec;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Breaks files the way that a seed decides. */
final class Mutator {

  private static final int DAMAGES_MAX = 8;
  private static final int HEADER_BYTES = 512;
  private static final int PIECE_BYTES_MAX = 2_000;

  /** What sizes and counts are when they are lies. */
  private static final int[] WILD = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7FFF, 0xFFFF, 0x10000, 0xFFFFFF, 8, 0x40000000
  };

  private final List<byte[]> files;

  Mutator(Corpus corpus) {
    this.files = corpus.files();
  }

  byte[] mutant(SplittableRandom random) {
    byte[] mutant = pick(random).clone();
    int damages = random.nextInt(1, DAMAGES_MAX + 1);
    for (int i = 0; i < damages && mutant.length > 8; i++) {
      mutant = damaged(mutant, random);
    }
    return mutant;
  }

  private byte[] pick(SplittableRandom random) {
    return files.get(random.nextInt(files.size()));
  }

  private byte[] damaged(byte[] file, SplittableRandom random) {
    // Headers are where most decisions are made.
    boolean inHeader = random.nextInt(3) > 0;
    int at = random.nextInt(inHeader ? Math.min(file.length, HEADER_BYTES) : file.length);
    int piece = Math.min(file.length - at, random.nextInt(1, PIECE_BYTES_MAX));
    switch (random.nextInt(10)) {
      case 0, 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> file[at] = (byte) random.nextInt();
      case 3, 4 -> number(file, at, random);
      case 5 -> Arrays.fill(file, at, at + piece, (byte) (random.nextBoolean() ? 0xFF : 0));
      case 6 -> {
        return Arrays.copyOf(file, at + 1);
      }
      case 7 -> {
        return joined(file, at, file, at + piece);
      }
      case 8 -> {
        return joined(file, at + piece, file, at);
      }
      default -> {
        byte[] other = pick(random);
        return joined(file, at, other, Math.min(other.length, random.nextBoolean() ? at : 0));
      }
    }
    return file;
  }

  /** Writes a wild number of two, four or eight bytes, in either order. */
  private static void number(byte[] file, int at, SplittableRandom random) {
    long value = WILD[random.nextInt(WILD.length)];
    int width = 2 << random.nextInt(3);
    boolean bigEndian = random.nextBoolean();
    for (int i = 0; i < width && at + i < file.length; i++) {
      int shift = 8 * (bigEndian ? width - 1 - i : i);
      file[at + i] = (byte) (value >> shift);
    }
  }

  /** The first bytes of one and what stands from a place on in the other. */
  private static byte[] joined(byte[] first, int length, byte[] second, int from) {
    byte[] joined = Arrays.copyOf(first, length + second.length - from);
    System.arraycopy(second, from, joined, length, second.length - from);
    return joined;
  }
}
