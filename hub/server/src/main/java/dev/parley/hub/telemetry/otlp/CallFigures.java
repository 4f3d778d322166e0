package dev.parley.hub.telemetry.otlp;

import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.telemetry.RequestVisit;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that the conventions for generative models name. Only calls that reached a backend
 * count, so labels are names of the configuration. Thread-safe; does not wait.
 */
final class CallFigures {

  /** Later combinations count as one. */
  private static final int SERIES_MAX = 1_000;

  private static final List<Double> SECONDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final List<Long> TOKENS =
      List.of(
          1L,
          4L,
          16L,
          64L,
          256L,
          1_024L,
          4_096L,
          16_384L,
          65_536L,
          262_144L,
          1_048_576L,
          4_194_304L,
          16_777_216L,
          67_108_864L);

  private record Key(String kind, Target target, String outcome) {}

  private record Labels(Attributes call, Attributes input, Attributes output) {}

  private final GenAi words;
  private final DoubleHistogram durations;
  private final DoubleHistogram firstBytes;
  private final LongHistogram tokens;
  private final ConcurrentHashMap<Key, Labels> labels = new ConcurrentHashMap<>();

  CallFigures(Meter meter, GenAi words) {
    this.words = words;
    this.durations =
        meter
            .histogramBuilder("gen_ai.client.operation.duration")
            .setUnit("s")
            .setDescription("From the begin of a call to its end")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
    this.firstBytes =
        meter
            .histogramBuilder("gen_ai.server.time_to_first_token")
            .setUnit("s")
            .setDescription("From the begin of a call to its first output")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
    this.tokens =
        meter
            .histogramBuilder("gen_ai.client.token.usage")
            .setUnit("{token}")
            .setDescription("Tokens of a call")
            .ofLongs()
            .setExplicitBucketBoundariesAdvice(TOKENS)
            .build();
  }

  void note(RequestVisit.EndedCall call) {
    CallRecord record = call.record();
    Target target = record.target();
    if (target == null) {
      return;
    }
    Labels told = labels(new Key(record.call().kind(), target, call.outcome()));
    durations.record(record.durationNanos() / 1e9, told.call);
    if (record.firstByteNanos() >= 0) {
      firstBytes.record(record.firstByteNanos() / 1e9, told.call);
    }
    TokenUsage usage = record.usage();
    if (usage != null) {
      if (usage.prompt() >= 0) {
        tokens.record(usage.prompt(), told.input);
      }
      if (usage.completion() >= 0) {
        tokens.record(usage.completion(), told.output);
      }
    }
  }

  private Labels labels(Key key) {
    @Nullable Labels known = labels.get(key);
    if (known != null) {
      return known;
    }
    Key shown =
        labels.size() < SERIES_MAX
            ? key
            : new Key(key.kind, new Target(key.target.backend(), "other"), key.outcome);
    return labels.computeIfAbsent(shown, this::made);
  }

  private Labels made(Key key) {
    Attributes call = words.labels(key.kind, key.target, key.outcome);
    return new Labels(
        call,
        call.toBuilder().put(GenAi.TOKEN_TYPE, "input").build(),
        call.toBuilder().put(GenAi.TOKEN_TYPE, "output").build());
  }
}
