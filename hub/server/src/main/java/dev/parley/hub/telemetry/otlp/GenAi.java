package dev.parley.hub.telemetry.otlp;

import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.telemetry.AttemptRecord;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.telemetry.RequestFacts;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The words of OpenTelemetry's conventions for generative models, and those of the hub where there
 * are none. Never content, keys, request ids or anything else that a caller wrote, but for the name
 * of the model that it asked for, cut to a bound.
 */
final class GenAi {

  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<String> RESPONSE_MODEL =
      AttributeKey.stringKey("gen_ai.response.model");
  static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

  private static final AttributeKey<Long> INPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<Long> CACHED_TOKENS =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  private static final AttributeKey<Long> REASONING_TOKENS =
      AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> BACKEND = AttributeKey.stringKey("parley.backend");
  private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("parley.attempts");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("parley.outcome");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("parley.reason");
  private static final AttributeKey<Long> FIRST_BYTE = AttributeKey.longKey("parley.first_byte_ms");
  private static final AttributeKey<Double> AUDIO = AttributeKey.doubleKey("parley.audio_seconds");
  private static final AttributeKey<Long> CHARACTERS = AttributeKey.longKey("parley.characters");
  private static final AttributeKey<Long> COST = AttributeKey.longKey("parley.cost_micros");
  private static final AttributeKey<String> CACHE = AttributeKey.stringKey("parley.cache");

  private static final int NAME_CHARS_MAX = 128;

  private final Function<String, Server> servers;

  /**
   * @param servers what may be told of a backend, by its id
   */
  GenAi(Function<String, Server> servers) {
    this.servers = servers;
  }

  /** The conventions' word for a kind of call; kinds without one keep the hub's. */
  static String operation(String kind) {
    return switch (kind) {
      case "completion" -> "text_completion";
      case "embedding" -> "embeddings";
      default -> kind;
    };
  }

  static String bounded(String name) {
    return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX);
  }

  static String name(String kind, String model) {
    return model.isEmpty() ? operation(kind) : operation(kind) + " " + bounded(model);
  }

  static boolean isError(String outcome) {
    return !outcome.equals("ok") && !outcome.equals("cancelled") && !outcome.equals("given_up");
  }

  Attributes ofCall(CallRecord record, String outcome, @Nullable RequestFacts request) {
    AttributesBuilder told = Attributes.builder();
    told.put(OPERATION, operation(record.call().kind()));
    if (!record.call().model().isEmpty()) {
      told.put(REQUEST_MODEL, bounded(record.call().model()));
    }
    Target target = record.target();
    if (target != null) {
      told.put(PROVIDER, servers.apply(target.backend()).provider());
      told.put(RESPONSE_MODEL, bounded(target.model()));
      told.put(BACKEND, target.backend());
    }
    told.put(ATTEMPTS, (long) record.attempts());
    outcome(told, outcome);
    usage(told, record);
    if (request != null) {
      told.put(ROUTE, request.route()).put(METHOD, request.method());
      told.put(STATUS, (long) request.status());
    }
    return told.build();
  }

  private static void usage(AttributesBuilder told, CallRecord record) {
    TokenUsage usage = record.usage();
    if (usage != null) {
      known(told, INPUT_TOKENS, usage.prompt());
      known(told, OUTPUT_TOKENS, usage.completion());
      known(told, CACHED_TOKENS, usage.cached());
      known(told, REASONING_TOKENS, usage.reasoning());
    }
    known(told, FIRST_BYTE, record.firstByteMillis());
    known(told, CHARACTERS, record.characters());
    known(told, COST, record.costMicros());
    if (record.audioMillis() >= 0) {
      told.put(AUDIO, record.audioMillis() / 1_000.0);
    }
    if (!record.cache().isEmpty()) {
      told.put(CACHE, record.cache());
    }
  }

  Attributes ofAttempt(CallRecord record, AttemptRecord attempt) {
    AttributesBuilder told = Attributes.builder();
    Target target = attempt.target();
    Server server = servers.apply(target.backend());
    told.put(OPERATION, operation(record.call().kind()));
    told.put(REQUEST_MODEL, bounded(target.model()));
    told.put(PROVIDER, server.provider()).put(BACKEND, target.backend());
    if (!server.host().isEmpty()) {
      told.put(HOST, server.host()).put(PORT, (long) server.port());
    }
    told.put(REASON, attempt.reason());
    outcome(told, attempt.outcome());
    known(told, FIRST_BYTE, attempt.firstByteMillis());
    return told.build();
  }

  private static void outcome(AttributesBuilder told, String outcome) {
    told.put(OUTCOME, outcome);
    if (isError(outcome)) {
      told.put(ERROR, outcome);
    }
  }

  private static void known(AttributesBuilder told, AttributeKey<Long> key, long value) {
    if (value >= 0) {
      told.put(key, value);
    }
  }

  /** The labels of a call's metrics: words of the hub and names of its configuration only. */
  Attributes labels(String kind, Target target, String outcome) {
    Server server = servers.apply(target.backend());
    AttributesBuilder told = Attributes.builder();
    told.put(OPERATION, operation(kind)).put(PROVIDER, server.provider());
    told.put(REQUEST_MODEL, bounded(target.model()));
    told.put(RESPONSE_MODEL, bounded(target.model()));
    if (isError(outcome)) {
      told.put(ERROR, outcome);
    }
    return told.build();
  }
}
