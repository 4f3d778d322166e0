package dev.parley.gpu.codec;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A file with damage that a seed decides. */
final class Mutant {

  private Mutant() {}

  static byte[] of(byte[] file, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] mutant = file.clone();
    for (int damage = random.nextInt(1, 6); damage > 0 && mutant.length > 1; damage--) {
      // Headers are where the trouble is.
      int range = random.nextBoolean() ? Math.min(mutant.length, 512) : mutant.length;
      int at = random.nextInt(range);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt();
        case 2 -> mutant = Arrays.copyOf(mutant, at + 1);
        case 3 -> Arrays.fill(mutant, at, Math.min(mutant.length, at + 4), (byte) 0xFF);
        default ->
            System.arraycopy(
                mutant, 0, mutant, at, Math.min(mutant.length - at, random.nextInt(1, 300)));
      }
    }
    return mutant;
  }
}
