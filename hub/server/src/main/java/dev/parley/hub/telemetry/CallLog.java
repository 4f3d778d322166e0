package dev.parley.hub.telemetry;

import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line of JSON for each call, with agreed keys: ids, names, counts and times, never what
 * was said. The logger is {@code parley.calls}.
 */
public final class CallLog implements CallEnd {

  private static final int NAME_CHARS_MAX = 128;

  private final Logger log = LoggerFactory.getLogger("parley.calls");
  private final Clock clock;
  private final TimeText time = new TimeText();

  public CallLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void ended(CallRecord record, String outcome) {
    if (!log.isInfoEnabled()) {
      return;
    }
    JsonWriter json = begin(record.call().requestId(), record.call().kind());
    json.member("model", bounded(record.call().model()));
    json.member("stream", record.call().stream());
    target(json, record.target());
    json.member("attempts", record.attempts());
    json.member("outcome", outcome);
    json.member("ms", (clock.nanoTime() - record.startNanos()) / 1_000_000);
    known(json, "first_byte_ms", record.firstByteMillis());
    known(json, "before_send_us", record.beforeSendMicros());
    json.member("events", record.events());
    known(json, "characters", record.characters());
    known(json, "audio_ms", record.audioMillis());
    usage(json, record.usage());
    attempts(json, record);
    write(json);
  }

  /** A request was refused before it became a call. */
  public void refused(String requestId, String kind, String reason) {
    if (log.isInfoEnabled()) {
      write(begin(requestId, kind).member("outcome", reason));
    }
  }

  /** A call on sound ended that the hub worked on itself. */
  void sound(SoundCall call, String outcome, long millis) {
    if (log.isInfoEnabled()) {
      JsonWriter json = begin(call.requestId(), call.call());
      if (!call.model().isEmpty()) {
        json.member("model", call.model());
      }
      json.member("outcome", outcome).member("ms", millis).member("bytes", call.bytes());
      write(json);
    }
  }

  private JsonWriter begin(String requestId, String kind) {
    JsonWriter json = new JsonWriter(384).beginObject();
    json.member("time", time.at(clock.epochMillis()));
    return json.member("request_id", requestId).member("call", kind);
  }

  private static void target(JsonWriter json, @Nullable Target target) {
    if (target != null) {
      json.member("backend", target.backend()).member("backend_model", bounded(target.model()));
    }
  }

  /** One attempt that went well says nothing that the line does not say already. */
  private static void attempts(JsonWriter json, CallRecord record) {
    List<AttemptRecord> attempts = record.endedAttempts();
    if (attempts.isEmpty()
        || (attempts.size() == 1 && attempts.getFirst().outcome().equals("ok"))) {
      return;
    }
    json.name("tries").beginArray();
    for (AttemptRecord attempt : attempts) {
      json.beginObject();
      target(json, attempt.target());
      json.member("reason", attempt.reason()).member("outcome", attempt.outcome());
      known(json, "queued_ms", attempt.queuedMillis());
      known(json, "first_byte_ms", attempt.firstByteMillis());
      json.member("ms", attempt.millis()).endObject();
    }
    json.endArray();
  }

  private static void usage(JsonWriter json, @Nullable TokenUsage usage) {
    if (usage != null) {
      known(json, "prompt_tokens", usage.prompt());
      known(json, "completion_tokens", usage.completion());
      known(json, "total_tokens", usage.total());
      known(json, "cached_tokens", usage.cached());
      known(json, "reasoning_tokens", usage.reasoning());
      known(json, "input_audio_tokens", usage.audioIn());
      known(json, "output_audio_tokens", usage.audioOut());
    }
  }

  private static void known(JsonWriter json, String key, long value) {
    if (value >= 0) {
      json.member(key, value);
    }
  }

  private static String bounded(String name) {
    return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX);
  }

  private void write(JsonWriter json) {
    log.info(new String(json.endObject().toBytes(), StandardCharsets.UTF_8));
  }
}
