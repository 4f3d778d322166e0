package dev.parley.gpu.tempo;

import dev.parley.gpu.simd.FilterSteps;
import dev.parley.gpu.simd.Simd;
import java.util.Arrays;

/**
 * The hops of a stream. Hop {@code k} fades from what would follow hop {@code k - 1} in the input
 * to the input from a place near {@code k * hop * speed} on; where both are most alike, nothing is
 * heard of it. Positions count samples from the start of the signal.
 */
final class Hops {

  /** A pitch of 63 Hz has its period within the search, 16 ms from end to end. */
  private static final double SEARCH_SECONDS = 0.008;

  private static final double HOP_SECONDS = 0.010;

  /** Two periods of most voices; half of it makes low ones rough. */
  private static final double MATCH_SECONDS = 0.020;

  /** Likeness is first looked at so often, and then in each place around the best. */
  private static final int COARSE_HZ = 8_000;

  private static final double ENERGY_MIN = 1e-9;

  private final double speed;
  private final int hop;
  private final int search;
  private final int match;
  private final int coarse;
  private final float[] rise;
  private final FilterSteps loops = Simd.filter();

  /** The input from {@link #first} on, as much of it as a hop can need, and room for new one. */
  private final float[] kept;

  private long first;
  private int held;
  private long taken;
  private long hops;
  private long before;

  Hops(int rateHz, double speed) {
    this.speed = speed;
    this.hop = samples(HOP_SECONDS, rateHz);
    this.search = samples(SEARCH_SECONDS, rateHz);
    this.match = samples(MATCH_SECONDS, rateHz);
    this.coarse = Math.max(1, rateHz / COARSE_HZ);
    this.rise = new float[hop];
    for (int i = 0; i < hop; i++) {
      rise[i] = (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / hop));
    }
    int reach = (int) Math.ceil(hop * (speed + 1)) + 2 * search + match;
    this.kept = new float[2 * reach + hop];
  }

  private static int samples(double seconds, int rateHz) {
    return Math.max(2, (int) Math.round(seconds * rateHz));
  }

  /** How far input must reach beyond the place where a hop should begin. */
  int lookAhead() {
    int toMatch = search + match + (int) Math.ceil(Math.max(0, hop * (1 - speed)));
    // A hop never comes before the input that it stands for: the signal may end any time.
    return Math.max(toMatch, (int) Math.ceil(hop * speed) + 1);
  }

  int outputMax(int length) {
    return Math.toIntExact(((long) Math.ceil((length + 2) / (hop * speed)) + 1) * hop);
  }

  int process(float[] in, int inOffset, int length, float[] out, int outOffset) {
    int written = 0;
    for (int done = 0; done < length; ) {
      int count = Math.min(length - done, kept.length - held);
      System.arraycopy(in, inOffset + done, kept, held, count);
      held += count;
      taken += count;
      done += count;
      while (taken >= due(hops) + lookAhead()) {
        long place = place(Math.max(0, due(hops) - search), due(hops) + search);
        written += hop(place, hop, out, outOffset + written);
      }
      forget();
    }
    return written;
  }

  /** Makes the last {@code left} samples; nothing is behind the end of the input but silence. */
  void finish(int left, float[] out, int outOffset) {
    for (int written = 0; written < left; ) {
      forget();
      // Zeros stand for what does not come; they lie behind the end and are not counted as input.
      Arrays.fill(kept, held, kept.length, 0);
      int count = Math.min(hop, left - written);
      boolean isLast = written + count == left;
      // Before the last hop, room is left for another one to follow; the last one ends as the
      // input does.
      long latest = Math.max(0, taken - (isLast ? count : 2L * hop));
      long to = Math.min(latest, due(hops) + search);
      written +=
          hop(place(Math.clamp(due(hops) - search, 0, to), to), count, out, outOffset + written);
    }
  }

  /** Where hop {@code k} should begin. */
  private long due(long k) {
    return Math.round(k * hop * speed);
  }

  private int hop(long place, int count, float[] out, int outAt) {
    int to = at(place);
    if (hops == 0) {
      System.arraycopy(kept, to, out, outAt, count);
    } else {
      int from = at(before + hop);
      for (int i = 0; i < count; i++) {
        out[outAt + i] = kept[from + i] + rise[i] * (kept[to + i] - kept[from + i]);
      }
    }
    before = place;
    hops++;
    return count;
  }

  private int at(long position) {
    return (int) (position - first);
  }

  /** The place from {@code from} to {@code to} whose sound is most like what would follow. */
  private long place(long from, long to) {
    if (hops == 0) {
      return 0;
    }
    int best = best(at(from), at(to), coarse);
    int low = Math.max(at(from), best - coarse + 1);
    int high = Math.min(at(to), best + coarse - 1);
    return first + best(low, high, 1);
  }

  private int best(int from, int to, int step) {
    int wanted = at(before + hop);
    double energy = loops.dot(kept, from, kept, from, match);
    int best = from;
    double most = Double.NEGATIVE_INFINITY;
    for (int at = from; at <= to; at += step) {
      double likeness = loops.dot(kept, wanted, kept, at, match);
      double score = likeness * Math.abs(likeness) / (Math.max(energy, 0) + ENERGY_MIN);
      if (score > most) {
        most = score;
        best = at;
      }
      for (int i = at; i < Math.min(at + step, to); i++) {
        energy += (double) kept[i + match] * kept[i + match] - (double) kept[i] * kept[i];
      }
    }
    return best;
  }

  /** Makes room: drops what neither the next hop, nor what follows the last, nor an end needs. */
  private void forget() {
    long following = hops == 0 ? 0 : before + hop;
    long needed = Math.min(Math.min(due(hops) - search, following), taken - 2L * hop);
    int gone = Math.clamp(needed - first, 0, held);
    System.arraycopy(kept, gone, kept, 0, held - gone);
    held -= gone;
    first += gone;
  }

  void reset() {
    first = 0;
    held = 0;
    taken = 0;
    hops = 0;
    before = 0;
  }
}
