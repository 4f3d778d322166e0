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
 * Writes one line of JSON for each request, with agreed keys: ids, names, counts and times, never
 * what was said. The line of a request that became a call tells of the call, too, and is written
 * when both have ended. The logger is {@code parley.calls}.
 */
public final class CallLog implements CallEnd, RequestEnd {

  private static final int NAME_CHARS_MAX = 128;

  /** As long as most lines are, so that a line is not copied while it grows. */
  private static final int LINE_BYTES = 768;

  private final Logger log = LoggerFactory.getLogger("parley.calls");
  private final Clock clock;
  private final TimeText time = new TimeText();

  public CallLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void ended(CallRecord record, String outcome) {
    record.end(clock.nanoTime());
    RequestVisit visit = record.visit();
    if (visit != null) {
      visit.ended(record, outcome);
    } else if (log.isInfoEnabled()) {
      JsonWriter json = begin(record.call().requestId(), record.call().kind());
      call(json, record, outcome);
      write(json);
    }
  }

  @Override
  public void over(RequestVisit visit) {
    RequestFacts facts = visit.facts().orElse(null);
    if (facts == null || !log.isInfoEnabled()) {
      return;
    }
    RequestVisit.EndedCall main = visit.call().orElse(null);
    RequestVisit.EndedSound sound = visit.sound().orElse(null);
    JsonWriter json = begin(visit.requestId(), kind(visit, main, sound));
    if (main != null) {
      call(json, main.record(), main.outcome());
      parts(json, visit, main);
    } else if (sound != null) {
      sound(json, sound.call(), sound.outcome(), sound.millis());
    } else {
      json.member("outcome", outcome(visit, facts));
      json.member("ms", (visit.endNanos() - visit.startNanos()) / 1_000_000);
    }
    request(json, facts);
    visit
        .place()
        .ifPresent(place ->
            json.member("trace_id", place.own().traceId()).member("span_id", place.own().spanId()));
    write(json);
  }

  /** What was asked for; {@code request} where it became nothing of the kind. */
  private static String kind(
      RequestVisit visit,
      RequestVisit.@Nullable EndedCall call,
      RequestVisit.@Nullable EndedSound sound) {
    if (call != null) {
      return call.record().call().kind();
    }
    if (sound != null) {
      return sound.call().call();
    }
    return visit.refusedKind().isEmpty() ? "request" : visit.refusedKind();
  }

  static String outcome(RequestVisit visit, RequestFacts facts) {
    if (!visit.refusal().isEmpty()) {
      return visit.refusal();
    }
    if (facts.status() == 0) {
      return "cancelled";
    }
    return facts.status() < 400 ? "ok" : "http_" + facts.status();
  }

  private static void request(JsonWriter json, RequestFacts facts) {
    json.member("route", facts.route()).member("method", facts.method());
    json.member("status", facts.status()).member("protocol", facts.protocol());
    known(json, "bytes_in", facts.bytesIn());
    known(json, "bytes_out", facts.bytesOut());
    json.member("client", facts.client());
    if (!facts.key().isEmpty()) {
      json.member("key", bounded(facts.key()));
    }
    if (!facts.owner().isEmpty()) {
      json.member("owner", bounded(facts.owner()));
    }
    if (!facts.subject().isEmpty()) {
      json.member("client_subject", facts.subject());
    }
  }

  /** What a call needed besides has a record of its own: comparisons of voices, for example. */
  private static void parts(JsonWriter json, RequestVisit visit, RequestVisit.EndedCall main) {
    List<RequestVisit.EndedCall> calls = visit.calls();
    if (calls.size() < 2) {
      return;
    }
    json.name("parts").beginArray();
    for (RequestVisit.EndedCall part : calls) {
      if (part.record() != main.record()) {
        json.beginObject().member("call", part.record().call().kind());
        target(json, part.record().target());
        json.member("attempts", part.record().attempts());
        json.member("outcome", part.outcome()).endObject();
      }
    }
    json.endArray();
  }

  private void call(JsonWriter json, CallRecord record, String outcome) {
    json.member("model", bounded(record.call().model()));
    json.member("stream", record.call().stream());
    target(json, record.target());
    json.member("attempts", record.attempts());
    json.member("outcome", outcome);
    json.member("ms", (record.end(clock.nanoTime()) - record.startNanos()) / 1_000_000);
    known(json, "first_byte_ms", record.firstByteMillis());
    known(json, "before_send_us", record.beforeSendMicros());
    json.member("events", record.events());
    known(json, "characters", record.characters());
    known(json, "audio_ms", record.audioMillis());
    usage(json, record.usage());
    if (record.isGuess()) {
      json.member("guessed", true);
    }
    known(json, "cost_micros", record.costMicros());
    if (!record.cache().isEmpty()) {
      json.member("cache", record.cache());
    }
    attempts(json, record);
  }

  /** A request was refused before it became a call. */
  public void refused(String requestId, String kind, String reason) {
    if (log.isInfoEnabled()) {
      write(begin(requestId, kind).member("outcome", reason));
    }
  }

  /** A request was refused before it became a call; the line is that of the request. */
  public void refused(@Nullable RequestVisit visit, String requestId, String kind, String reason) {
    if (visit == null) {
      refused(requestId, kind, reason);
    } else {
      visit.refused(kind, reason);
    }
  }

  /** Something came that is no request: it has no route, no key and no length. */
  public void unreadable(String requestId, int status) {
    if (log.isInfoEnabled()) {
      JsonWriter json = begin(requestId, "request");
      write(json.member("outcome", "http_" + status).member("status", status));
    }
  }

  /** A call on sound ended that the hub worked on itself. */
  void sound(SoundCall call, String outcome, long millis) {
    if (log.isInfoEnabled()) {
      JsonWriter json = begin(call.requestId(), call.call());
      sound(json, call, outcome, millis);
      write(json);
    }
  }

  private static void sound(JsonWriter json, SoundCall call, String outcome, long millis) {
    if (!call.model().isEmpty()) {
      json.member("model", bounded(call.model()));
    }
    json.member("outcome", outcome).member("ms", millis).member("bytes", call.bytes());
  }

  private JsonWriter begin(String requestId, String kind) {
    JsonWriter json = new JsonWriter(LINE_BYTES).beginObject();
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
