package dev.parley.hub.bench.codec;

import dev.parley.core.time.Clock;
import dev.parley.gpu.codec.AudioDecoder;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.codec.StreamInfo;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.hub.bench.process.ProcessFacts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The process that decodes damaged files; its exit code says how it ended. */
public final class FuzzRun {

  static final int GOOD = 0;
  static final int BAD = 3;

  /** What a heap that is touched from the start and a steady library may still add. */
  private static final long GROWTH_KIB_MAX = 64 << 10;

  private static final DecodeLimits LIMITS = new DecodeLimits(8, 192_000, 30, 1 << 18, 1 << 20);
  private static final int REPORT_EVERY = 2_000;

  private final FuzzOptions options;
  private final Clock clock;
  private final PrintStream out;
  private final Mutator mutator;
  private final Watch watch;
  private final Map<String, Long> outcomes = new TreeMap<>();
  private long bytes;
  private long frames;
  private long settledKib;

  private FuzzRun(FuzzOptions options, Path current, Clock clock, PrintStream out) {
    this.options = options;
    this.clock = clock;
    this.out = out;
    Corpus corpus = Corpus.with(options.files());
    this.mutator = new Mutator(corpus);
    this.watch = Watch.start(options, current, clock, out);
    out.printf(Locale.ROOT, "%d files to break%n", corpus.files().size());
  }

  /** Takes a file for the number of the current mutant, then the words of {@link FuzzOptions}. */
  public static void main(String[] args) {
    FuzzOptions options = FuzzOptions.parse(Arrays.asList(args).subList(1, args.length));
    FuzzRun run = new FuzzRun(options, Path.of(args[0]), Clock.system(), System.out);
    System.exit(run.run() ? GOOD : BAD);
  }

  private boolean run() {
    long start = clock.nanoTime();
    long deadline = start + TimeUnit.SECONDS.toNanos(options.seconds());
    long end = options.first() + options.mutants();
    long number = options.first();
    boolean good = true;
    for (; number < end && clock.nanoTime() < deadline; number++) {
      watch.begins(number);
      good &= decode(number);
      long done = number - options.first() + 1;
      if (done == Math.max(1, options.mutants() / 5)) {
        settledKib = residentKib();
      }
      if (done % REPORT_EVERY == 0) {
        report(done, start);
      }
    }
    watch.ends();
    report(number - options.first(), start);
    return hasSettled() && good;
  }

  private boolean decode(long number) {
    SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003 + number);
    byte[] mutant = mutator.mutant(random);
    bytes += mutant.length;
    String outcome;
    try (AudioDecoder decoder =
        AudioDecoder.open(new PiecewiseInput(mutant, random), Optional.empty(), LIMITS)) {
      outcome = drained(decoder, random);
    } catch (UnsupportedAudioException e) {
      outcome = "refused: " + e.reason();
    } catch (IOException | RuntimeException | Error e) {
      out.println(replay(options, number) + " fails:");
      e.printStackTrace(out);
      count("FAILED: " + e.getClass().getSimpleName());
      return false;
    }
    count(outcome);
    return true;
  }

  private String drained(AudioDecoder decoder, SplittableRandom random)
      throws IOException, UnsupportedAudioException {
    StreamInfo info = decoder.info();
    float[][] planes = new float[info.channels()][random.nextInt(1, 5_000)];
    for (int count; (count = decoder.read(planes)) > 0; ) {
      frames += count;
      for (float[] plane : planes) {
        for (int i = 0; i < count; i++) {
          if (!(plane[i] >= -256 && plane[i] <= 256)) {
            throw new IllegalStateException("a sample is " + plane[i]);
          }
        }
      }
    }
    return decoder.damaged() > 0 ? "decoded, parts left out" : "decoded";
  }

  private void count(String outcome) {
    outcomes.merge(outcome, 1L, Long::sum);
  }

  private void report(long done, long start) {
    double seconds = (clock.nanoTime() - start) / 1e9;
    out.printf(
        Locale.ROOT,
        "%8d mutants, %.0f/s, %.1f MB in, %.1f M frames out, slowest %d ms, RSS %d MiB; %s%n",
        done,
        done / seconds,
        bytes / 1e6,
        frames / 1e6,
        watch.slowestMillis(),
        residentKib() >> 10,
        outcomes);
  }

  private boolean hasSettled() {
    long growth = settledKib == 0 ? 0 : residentKib() - settledKib;
    out.printf(
        Locale.ROOT,
        "memory: %d MiB after the first fifth, %d MiB at the end%n",
        settledKib >> 10,
        residentKib() >> 10);
    if (growth > GROWTH_KIB_MAX) {
      out.printf(Locale.ROOT, "memory grew by %d MiB%n", growth >> 10);
    }
    return growth <= GROWTH_KIB_MAX;
  }

  private static long residentKib() {
    return ProcessFacts.own().rssKib();
  }

  /** The words that make one mutant again. */
  static String replay(FuzzOptions options, long number) {
    return "mutant "
        + number
        + " (again: --seed "
        + options.seed()
        + " --first "
        + number
        + " --mutants 1)";
  }
}
