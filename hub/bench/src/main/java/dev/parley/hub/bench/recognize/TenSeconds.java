package dev.parley.hub.bench.recognize;

import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How much longer a file of 10 s takes through the hub than when the server itself gets it, and
 * what the hub computes for it.
 */
final class TenSeconds {

  private static final int SECONDS = 10;
  private static final int CROWD = 8;
  private static final double WAV_MILLIS_MAX = 15;
  private static final double CODED_MILLIS_MAX = 40;

  /** A file in one format, as it is sent on both ways. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Sent(String format, double millisMax, byte[] direct, byte[] hub) {}

  /** What became of the calls of a cell. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Cell(double[] millis, long failed) {

    double at(double share) {
      return millis.length == 0 ? Double.NaN : Figures.percentile(millis, share);
    }
  }

  private final Stage stage;
  private final RecognizeOptions options;
  private final List<Sent> all;
  private long failed;

  /** Makes the files. */
  TenSeconds(Stage stage, RecognizeOptions options) {
    this.stage = stage;
    this.options = options;
    byte[] wav = Mumble.speech(SECONDS, 1).wav();
    this.all =
        List.of(
            sent("wav", WAV_MILLIS_MAX, wav),
            sent("mp3", CODED_MILLIS_MAX, converted(wav, "mp3")),
            sent("opus", CODED_MILLIS_MAX, converted(wav, "opus")));
  }

  long failed() {
    return failed;
  }

  private static Sent sent(String format, double millisMax, byte[] file) {
    String name = "talk." + format;
    return new Sent(
        format,
        millisMax,
        FormRequest.of("/transcribe", Map.of("word_timestamps", "false"), name, file),
        FormRequest.of(
            "/v1/audio/transcriptions", Map.of("model", RecognizeConfig.MODEL), name, file));
  }

  private byte[] converted(byte[] wav, String format) {
    try (FileCaller caller = stage.files(stage.hub())) {
      FileCaller.Answer answer =
          Stage.await(
              caller.send(
                  FormRequest.of(
                      "/audio/convert", Map.of("output_format", format), "talk.wav", wav)));
      if (!answer.good()) {
        throw stage.hub().failure("makes no " + format);
      }
      return answer.body();
    }
  }

  /** So that nothing is compiled for the first time while it counts. */
  void warmUp() {
    for (Sent file : all) {
      for (int callers : List.of(1, CROWD)) {
        int calls = options.quick() ? 1 : 15 * options.calls() / callers / 4;
        if (cell(stage.hub(), file.hub(), callers, calls).failed() > 0) {
          throw stage.hub().failure("failed a file: " + file.format());
        }
        if (cell(stage.backend(), file.direct(), callers, calls).failed() > 0) {
          throw stage.backend().failure("failed a file: " + file.format());
        }
      }
    }
  }

  void round(Findings found) {
    for (int callers : List.of(1, CROWD)) {
      int calls = Math.ceilDiv(options.calls(), callers);
      Map<String, Double> costs = new LinkedHashMap<>();
      for (Sent file : all) {
        Cell direct = cell(stage.backend(), file.direct(), callers, calls);
        long before = stage.hub().facts().cpuMicros();
        Cell hub = cell(stage.hub(), file.hub(), callers, calls);
        long used = stage.hub().facts().cpuMicros() - before;
        failed += direct.failed() + hub.failed();
        for (double share : List.of(0.5, 0.99)) {
          added(callers, file, share, hub, direct, found);
        }
        costs.put(file.format(), used / 1e3 / ((double) calls * callers * SECONDS));
      }
      costs.forEach((format, millis) ->
          found.add(
              Goal.told(
                  "processor time of the hub for a second of sound, callers at once: " + callers,
                  format,
                  "ms"),
              millis));
    }
  }

  private static void added(
      int callers, Sent file, double share, Cell hub, Cell direct, Findings found) {
    Goal goal =
        Goal.atMost(
            "a file of " + SECONDS + " s, added by the hub, callers at once: " + callers,
            file.format() + ", p" + Math.round(share * 100),
            "ms",
            file.millisMax(),
            Double.NaN);
    found.add(goal, hub.at(share) - direct.at(share));
    found.beside(goal, "the server alone", direct.at(share));
  }

  /** Each caller sends so many, one after the other. */
  private Cell cell(Child server, byte[] request, int callers, int calls) {
    List<FileCaller> open = new ArrayList<>();
    try {
      List<CompletableFuture<List<FileCaller.Answer>>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        FileCaller caller = stage.files(server);
        open.add(caller);
        CompletableFuture<List<FileCaller.Answer>> over = new CompletableFuture<>();
        running.add(over);
        again(caller, request, calls, new ArrayList<>(), over);
      }
      List<FileCaller.Answer> answers =
          running.stream().flatMap(one -> Stage.await(one).stream()).toList();
      double[] millis =
          answers.stream()
              .filter(FileCaller.Answer::good)
              .mapToDouble(FileCaller.Answer::millis)
              .toArray();
      Arrays.sort(millis);
      return new Cell(millis, answers.size() - millis.length);
    } finally {
      open.forEach(FileCaller::close);
    }
  }

  private static void again(
      FileCaller caller,
      byte[] request,
      int left,
      List<FileCaller.Answer> answers,
      CompletableFuture<List<FileCaller.Answer>> over) {
    var _ =
        caller
            .send(request)
            .thenAccept(answer -> {
              answers.add(answer);
              if (left > 1 && answer.good()) {
                again(caller, request, left - 1, answers, over);
              } else {
                over.complete(answers);
              }
            });
  }
}
