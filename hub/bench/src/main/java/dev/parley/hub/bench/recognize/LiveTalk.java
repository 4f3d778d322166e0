package dev.parley.hub.bench.recognize;

import dev.parley.hub.bench.process.ProcessFacts;
import dev.parley.hub.bench.recognize.Mumble.Phrase;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Many who talk at once, in real time. Three of four want interim results; whoever does not causes
 * exactly one request for each phrase, and on those the way out is measured:
 *
 * <ul>
 *   <li>the hub's own delay is the arrival of the request's head at the server, less the time at
 *       which the piece was sent that holds the last sample of the silence that ends speech: the
 *       place where the hub says that speech stopped, and the silence asked for behind it. So
 *       neither that silence nor the fading of the last sound is counted, but the rest of the
 *       detector's chunk is;
 *   <li>from the phrase itself it is counted from the last sample that was talked, less the silence
 *       asked for and nothing else.
 * </ul>
 *
 * With interim results the answer is mostly known before the silence is over; what counts there is
 * when it is told as final.
 */
final class LiveTalk {

  private static final double LEAVES_MILLIS_MAX = 60;
  private static final double GAP_MILLIS_MAX = 1_000;

  /**
   * Talks of which the detector of the hub's own model hears the phrases as they are said, in 6 s
   * and in 20 s. The vowels of others fade so much within phrases that it parts them there, each
   * time in the same places: those would tell nothing of the hub.
   */
  private static final int[] TALKS = {
    100, 101, 105, 106, 110, 111, 113, 114, 115, 116, 120, 122, 123, 124, 128, 130
  };

  private static final int STREAMS_ON_A_LINE = 10;
  private static final int WITHOUT_INTERIMS = 4;
  private static final long STARTING_NANOS = 2_000_000_000;

  private final Stage stage;
  private final RecognizeOptions options;
  private final List<Mumble> talks;
  private int number;
  private long failed;

  LiveTalk(Stage stage, RecognizeOptions options) {
    this.stage = stage;
    this.options = options;
    this.talks =
        IntStream.of(TALKS).mapToObj(seed -> Mumble.talk(options.seconds(), seed)).toList();
  }

  long failed() {
    return failed;
  }

  void warmUp() {
    run(options.streams(), new Findings());
  }

  void round(Findings found) {
    run(options.streams(), found);
  }

  private void run(int count, Findings found) {
    String section = count + " live streams of " + options.seconds() + " s";
    number++;
    arrivals();
    List<LiveLine> lines = new ArrayList<>();
    List<LiveStream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < count; i += STREAMS_ON_A_LINE) {
        lines.add(stage.live());
      }
      Used before = used();
      for (int i = 0; i < count; i++) {
        String id = "live-" + number + "-" + i;
        boolean interims = i % WITHOUT_INTERIMS != 0;
        LiveStream stream = new LiveStream(stage, id, interims, talks.get(i % TALKS.length));
        streams.add(stream);
        stream.begin(lines.get(i / STREAMS_ON_A_LINE), STARTING_NANOS * i / count);
      }
      List<LiveStream> good = streams.stream().filter(one -> Stage.await(one.end())).toList();
      failed += count - good.size();
      Used after = used();
      leaving(section, good, found);
      telling(section, good, found);
      cores(section, before, after, found);
      found.add(
          Goal.told(section, "latest that a piece was sent by its caller", "ms"),
          good.stream().mapToDouble(LiveStream::latestMillis).max().orElse(Double.NaN));
    } finally {
      lines.forEach(LiveLine::close);
    }
  }

  /** When the request of each phrase left. */
  private void leaving(String section, List<LiveStream> streams, Findings found) {
    Map<String, List<Long>> came = arrivals();
    List<Double> own = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    long odd = 0;
    for (LiveStream stream : streams) {
      List<Phrase> phrases = stream.mumble().phrases();
      List<Long> heads = came.getOrDefault(stream.id(), List.of());
      if (stream.interims()) {
        continue;
      }
      if (heads.size() != phrases.size() || stream.stoppedMs().size() != phrases.size()) {
        odd++;
        continue;
      }
      for (int i = 0; i < phrases.size(); i++) {
        own.add((heads.get(i) - due(stream, i)) / 1e6);
        long talked = stream.sentNanos(phrases.get(i).to() - 1L);
        whole.add((heads.get(i) - talked) / 1e6 - LiveStream.SILENCE_MS);
      }
    }
    String which = "end of speech to the request, ";
    found.add(Goal.told(section, which + "p50", "ms"), at(own, 0.5));
    found.add(
        Goal.atMost(section, which + "p99", "ms", LEAVES_MILLIS_MAX, Double.NaN), at(own, 0.99));
    found.add(Goal.told(section, which + "longest", "ms"), at(own, 1));
    found.add(Goal.told(section, which + "from the last sample, p50", "ms"), at(whole, 0.5));
    found.add(Goal.told(section, which + "from the last sample, p99", "ms"), at(whole, 0.99));
    found.add(
        Goal.atMost(section, "streams whose phrases were not heard as said", "", 0, Double.NaN),
        (double) odd);
  }

  /** When the piece was sent with which the silence behind a phrase is long enough. */
  private static long due(LiveStream stream, int phrase) {
    long ms = stream.stoppedMs().get(phrase) + LiveStream.SILENCE_MS;
    return stream.sentNanos(ms * Mumble.RATE_HZ / 1_000);
  }

  /** When callers are told. */
  private static void telling(String section, List<LiveStream> streams, Findings found) {
    List<Double> gaps = new ArrayList<>();
    List<Double> finals = new ArrayList<>();
    for (LiveStream stream : streams) {
      int phrases = stream.mumble().phrases().size();
      if (stream.finalNanos().size() == phrases && stream.stoppedMs().size() == phrases) {
        for (int i = 0; i < phrases; i++) {
          finals.add((stream.finalNanos().get(i) - due(stream, i)) / 1e6);
        }
      }
      if (stream.interims()) {
        stream.mumble().phrases().forEach(phrase -> gaps.add(gap(stream, phrase)));
      }
    }
    found.add(Goal.told(section, "end of speech to its final result, p50", "ms"), at(finals, 0.5));
    found.add(Goal.told(section, "end of speech to its final result, p99", "ms"), at(finals, 0.99));
    String which = "longest time without a result in a phrase, ";
    found.add(Goal.told(section, which + "p50", "ms"), at(gaps, 0.5));
    found.add(Goal.told(section, which + "p99", "ms"), at(gaps, 0.99));
    found.add(
        Goal.atMost(section, which + "longest", "ms", GAP_MILLIS_MAX, Double.NaN), at(gaps, 1));
  }

  /** From the first sample over all results to the last sample. */
  private static double gap(LiveStream stream, Phrase phrase) {
    long last = stream.sentNanos(phrase.from());
    long end = stream.sentNanos(phrase.to() - 1L);
    long gap = 0;
    for (long told : stream.resultNanos()) {
      if (told > last && told < end) {
        gap = Math.max(gap, told - last);
        last = told;
      }
    }
    return Math.max(gap, end - last) / 1e6;
  }

  private static double at(List<Double> figures, double share) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : Figures.percentile(sorted, share);
  }

  /** When the heads of requests came, by their ids, in order. */
  private Map<String, List<Long>> arrivals() {
    byte[] request =
        "GET /heard HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Map<String, List<Long>> came = new HashMap<>();
    try (FileCaller caller = stage.files(stage.backend())) {
      FileCaller.Answer answer = Stage.await(caller.send(request));
      new String(answer.body(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(" ", -1))
          .forEach(words ->
              came.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(Long.parseLong(words[1])));
    }
    return came;
  }

  /** Microseconds of processor time, and when. */
  private record Used(long hub, long server, long callers, long nanos) {}

  private Used used() {
    long hub = stage.hub().facts().cpuMicros();
    long server = stage.backend().facts().cpuMicros();
    // This process counts its children in.
    return new Used(hub, server, ProcessFacts.own().cpuMicros() - hub - server, System.nanoTime());
  }

  private static void cores(String section, Used before, Used after, Findings found) {
    double micros = (after.nanos() - before.nanos()) / 1e3;
    Goal goal = Goal.told(section, "processors that the hub uses", "");
    found.add(goal, (after.hub() - before.hub()) / micros);
    found.beside(goal, "callers", (after.callers() - before.callers()) / micros);
    found.beside(goal, "server", (after.server() - before.server()) / micros);
  }
}
