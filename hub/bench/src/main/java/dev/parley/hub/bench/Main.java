package dev.parley.hub.bench;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.abuse.AbuseBench;
import dev.parley.hub.bench.abuse.AbuseOptions;
import dev.parley.hub.bench.chaos.ChaosBench;
import dev.parley.hub.bench.chaos.ChaosOptions;
import dev.parley.hub.bench.codec.FuzzBench;
import dev.parley.hub.bench.codec.FuzzOptions;
import dev.parley.hub.bench.executor.ExecutorBench;
import dev.parley.hub.bench.executor.ExecutorOptions;
import dev.parley.hub.bench.kernels.KernelsBench;
import dev.parley.hub.bench.kernels.KernelsOptions;
import dev.parley.hub.bench.ledger.LedgerBench;
import dev.parley.hub.bench.ledger.LedgerOptions;
import dev.parley.hub.bench.overhead.OverheadBench;
import dev.parley.hub.bench.overhead.OverheadOptions;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.proxy.ProxyBench;
import dev.parley.hub.bench.proxy.ProxyOptions;
import dev.parley.hub.bench.recognize.RecognizeBench;
import dev.parley.hub.bench.recognize.RecognizeOptions;
import dev.parley.hub.bench.speech.SpeechBench;
import dev.parley.hub.bench.speech.SpeechOptions;
import java.util.Arrays;
import java.util.List;

/** The command line of the benchmarks. Exit codes: 0 measured, 1 failed, 2 wrong usage. */
public final class Main {

  private static final String USAGE =
      """
      The hub of proxy, chaos, speech and recognize runs with the Java options in PARLEY_HUB_OPTS, which the launcher sets to those of `up`.

      usage: parley bench proxy [options]

      Measures the hub in front of a backend that answers at once, beside nginx where it is
      installed and beside no proxy at all, with the same load generator on loopback.

        --rounds N      interleaved rounds, 1..100 (default 5)
        --seconds N     measured per cell and round, 1..60 (default 3)
        --quick         a short run to see that all works: one round of 1 s, hardly warm
        --with-wrk      cross-check the calls with wrk, where it is installed
        --guarded       also a hub with 10,000 keys, 1,000 names, limits, prices and a budget
        --redis URL     the same, and its limits are counted there (redis://127.0.0.1:6379)
        --out FILE      raw rows as CSV (default data/bench/proxy-SECONDS.csv)

      usage: parley bench chaos [options]

      Lets four backends fail in every way by a schedule drawn from a seed while callers check every
      word that the hub answers. Fails on wrong successes, on calls that hang, that end without an
      answer or an error, and on what is left behind.

        --minutes N, --seconds N   how long backends fail (default 60 s)
        --seed N        the same schedule again (default a new one, which is told)
        --callers N     1..1000 (default 24)
        --quick         10 s

      usage: parley bench executor [options]

      Measures what stands between an edge and an adapter: processor time and bytes for each call
      and for each event of a stream, with it and without, in turn on one thread.

        --rounds N      1..1000 (default 21)
        --quick         one round, hardly warm

      usage: parley bench overhead [options]

      Measures what the hub adds to a call as a caller sees it, beside what it says itself at /metrics.
      Fails when the hub counts other calls, or says that it adds more than the caller sees.

        --calls N       measured each way, 100..1000000 (default 20000)
        --quick         1000 calls, hardly warm

      usage: parley bench abuse [options]

      Measures a caller with a key alone, and beside others who send requests of every bad shape or
      hold slow connections; memory and lines of the log, too. Fails when a call of it fails, or when
      a bad request is served.

        --rounds N      1..100 (default 3)
        --seconds N     measured per cell and round, 1..60 (default 3)
        --rate N        bad requests a second of each shape, 1..10000 (default 200)
        --connections N slow ones at once, 1..10000 (default 10000, or what open files allow)
        --quick         one round of 1 s, 200 slow connections
        --out FILE      raw rows as CSV (default data/bench/abuse-SECONDS.csv)

      usage: parley bench ledger [options]

      Adds rows of usage to the ledger at a rate, and as fast as it takes them, beside the same rows by
      the database's driver alone: rows a second, the longest line, the fullest heap, and what adding
      costs its thread. Fails when a row is lost or late.

        --rounds N      1..100 (default 3)
        --seconds N     how long each cell adds rows, 1..600 (default 10)
        --rate N        rows a second, 1..1000000 (default 5000)
        --database URL  PostgreSQL, too: jdbc:postgresql://HOST/NAME; the password is PGPASSWORD
        --user NAME     its user
        --quick         one round of 1 s, hardly warm

      usage: parley bench speech [options]

      Measures speech through the hub beside the same server without it: time to the first sound, gaps,
      sentences of a server that makes whole sounds, text that is being written, processor time, and
      how soon a server is told that its caller left.

        --rounds N      interleaved rounds, 1..100 (default 3)
        --cell-ms N     how long calls are begun in each cell, 1..60000 (default 1000)
        --sentence-ms N what the server of whole sounds takes for a sentence, 1..10000 (default 500)
        --quick         one round of few calls, hardly warm
        --out FILE      raw rows as CSV (default data/bench/speech-SECONDS.csv)

      usage: parley bench recognize [options]

      Measures recognition through the hub beside the same server without it: what a file of 10 s takes
      longer and costs, memory while a long file comes in, and live streams at real time: from the end
      of speech to the request for its words, and from one result to the next.

        --rounds N      interleaved rounds, 1..100 (default 3)
        --calls N       calls of a cell with one caller, 10..10000 (default 60; others share as many or more)
        --streams N     live streams at once, 0..2000 (default 200)
        --seconds N     how long each lasts, 6..600 (default 20)
        --upload-mb N   size of the long file, 0..4000 (default 500; 0: none)
        --delay-ms N    what the server takes for an answer, 0..10000 (default 0)
        --models DIR    model files of the hub (default ../shared/models, where that is there)
        --quick         one round of few calls and streams, hardly warm
        --out FILE      raw rows as CSV (default data/bench/recognize-SECONDS.csv)

      usage: parley bench codecs [options]

      Decodes damaged audio files in a process of its own. Fails on crashes, on hangs, on growing
      memory and on anything but samples or a refusal.

        --mutants N     how many damaged files, 1..100000000 (default 20000)
        --first N       number of the first one, to make one again (default 0)
        --seed N        the same damage again (default 1)
        --seconds N     stops by then, 1..86400 (default 3600)
        --files DIR     audio files to break beside those that are made (default ../shared/audio/formats)

      usage: parley bench kernels [options]

      Measures the kernels against their goals: what they do to sound and what they cost, beside
      others that do the same where those are installed.

        --rounds N      interleaved rounds, 1..100 (default 7)
        --quick         one round, hardly warm, fewer ratios
        --only TOPIC    fft, resample, vad, denoise, live or codec; may be given again
        --models DIR    model files (default ../shared/models)
        --audio DIR     recordings (default ../shared/audio)
        --python FILE   a Python with soxr, pystoi or pesq to compare with (default python3)
        --out FILE      raw rows as CSV (default data/bench/kernels-SECONDS.csv)
      """;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Arrays.asList(args)));
  }

  private static int run(List<String> words) {
    if (words.isEmpty() || Usage.isHelp(words.getFirst())) {
      System.out.print(USAGE);
      return words.isEmpty() ? 2 : 0;
    }
    Usage usage = new Usage(USAGE);
    if (words.stream().anyMatch(Usage::isHelp)) {
      System.out.print(usage.of(words.getFirst()).orElse(USAGE));
      return 0;
    }
    List<String> options = words.subList(1, words.size());
    try {
      return switch (words.getFirst()) {
        case "proxy" ->
            code(ProxyBench.run(ProxyOptions.parse(options), Clock.system(), System.out));
        case "chaos" ->
            code(ChaosBench.run(ChaosOptions.parse(options), Clock.system(), System.out).good());
        case "executor" -> {
          ExecutorBench.run(ExecutorOptions.parse(options), Clock.system(), System.out);
          yield 0;
        }
        case "overhead" ->
            code(OverheadBench.run(OverheadOptions.parse(options), Clock.system(), System.out));
        case "abuse" ->
            code(AbuseBench.run(AbuseOptions.parse(options), Clock.system(), System.out));
        case "ledger" ->
            code(LedgerBench.run(LedgerOptions.parse(options), Clock.system(), System.out));
        case "kernels" -> {
          KernelsBench.run(KernelsOptions.parse(options), Clock.system(), System.out);
          yield 0;
        }
        case "speech" ->
            code(SpeechBench.run(SpeechOptions.parse(options), Clock.system(), System.out));
        case "recognize" ->
            code(RecognizeBench.run(RecognizeOptions.parse(options), Clock.system(), System.out));
        case "codecs" -> code(FuzzBench.run(FuzzOptions.parse(options), System.out));
        default -> {
          System.err.println("parley bench: " + usage.unknown(words.getFirst()));
          yield 2;
        }
      };
    } catch (IllegalArgumentException e) {
      System.err.println(
          "parley bench: "
              + e.getMessage()
              + usage.nearest(words.getFirst(), options)
              + System.lineSeparator()
              + "parley bench "
              + words.getFirst()
              + " --help teaches it.");
      return 2;
    } catch (BenchFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static int code(boolean good) {
    return good ? 0 : 1;
  }
}
