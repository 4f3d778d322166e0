package dev.parley.testkit.content;

import java.util.Random;

/**
 * The voiced sound of one word: syllables of about 120 ms over a gliding pitch, on the way from one
 * vowel to the next, made of harmonics so that nothing of it lies above 3.2 kHz. Longer syllables,
 * still vowels, or harmonics that do not get softer with their number were not heard as speech by
 * the Silero network.
 */
final class Syllables {
  private static final double SECONDS = 0.12;
  private static final double LOUDEST = 0.3;

  private final double each;
  private final Syllable[] syllables;

  /** Sound of so many seconds, the same for the same seed. */
  Syllables(double seconds, long seed) {
    syllables = new Syllable[Math.max(1, (int) Math.round(seconds / SECONDS))];
    each = seconds / syllables.length;
    var random = new Random(seed);
    var from = Vowel.any(random);
    for (var i = 0; i < syllables.length; i++) {
      var to = Vowel.any(random);
      syllables[i] = new Syllable(from, to, random);
      from = to;
    }
  }

  /** One sample, so many seconds after the word's beginning. */
  double wave(double time) {
    var syllable = Math.min(syllables.length - 1, (int) (time / each));
    var within = time - syllable * each;
    var share = Math.clamp(within / each, 0, 1);
    return LOUDEST * Math.sqrt(Math.sin(Math.PI * share)) * syllables[syllable].wave(within, share);
  }

  /** Where the resonances of a vowel lie. */
  private record Vowel(double first, double second, double third) {
    private static final Vowel[] ALL = {
      new Vowel(730, 1_090, 2_440),
      new Vowel(270, 2_290, 3_010),
      new Vowel(300, 870, 2_240),
      new Vowel(530, 1_840, 2_480),
      new Vowel(490, 1_350, 1_690)
    };

    static Vowel any(Random random) {
      return ALL[random.nextInt(ALL.length)];
    }

    Vowel towards(Vowel other, double share) {
      return new Vowel(
          first + (other.first - first) * share,
          second + (other.second - second) * share,
          third + (other.third - third) * share);
    }

    /** How loud a harmonic is behind these resonances. */
    double gain(double hertz) {
      return resonance(first, hertz) + resonance(second, hertz) / 2 + resonance(third, hertz) / 4;
    }

    private static double resonance(double middle, double hertz) {
      var off = (hertz - middle) / (60 + middle / 20);
      return 1 / Math.sqrt(1 + off * off);
    }
  }

  private static final class Syllable {
    private static final double HIGHEST_HERTZ = 3_200;
    private static final int STEPS = 8;

    /** The next vowel is reached after this share of the syllable. */
    private static final double MOVING = 0.66;

    private final double pitch;
    private final double glide;
    private final double[][] gains;

    Syllable(Vowel from, Vowel to, Random random) {
      pitch = 100 + random.nextInt(35);
      glide = (random.nextDouble() - 0.5) * 0.3;
      var harmonics = (int) (HIGHEST_HERTZ / (pitch * (1 + Math.abs(glide))));
      gains = new double[STEPS + 1][harmonics];
      for (var step = 0; step <= STEPS; step++) {
        var vowel = from.towards(to, Math.min(1, (double) step / STEPS / MOVING));
        var squares = 0.0;
        for (var i = 0; i < harmonics; i++) {
          gains[step][i] = vowel.gain(pitch * (i + 1)) / (i + 1);
          squares += gains[step][i] * gains[step][i];
        }
        for (var i = 0; i < harmonics; i++) {
          gains[step][i] /= Math.sqrt(squares * 2);
        }
      }
    }

    /** The sum of the harmonics, each sine from the two before it. */
    double wave(double time, double share) {
      var step = Math.min(STEPS - 1, (int) (share * STEPS));
      var part = share * STEPS - step;
      var turn = 2 * Math.PI * pitch * time * (1 + glide * share / 2);
      var twice = 2 * Math.cos(turn);
      var before = 0.0;
      var now = Math.sin(turn);
      var sum = 0.0;
      for (var i = 0; i < gains[step].length; i++) {
        sum += now * (gains[step][i] * (1 - part) + gains[step + 1][i] * part);
        var next = twice * now - before;
        before = now;
        now = next;
      }
      return sum;
    }
  }
}
