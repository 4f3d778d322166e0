package dev.parley.hub.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.hub.bench.http.EventCutter;
import dev.parley.hub.bench.http.Heads;
import dev.parley.hub.bench.http.MessageReader;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the hub's answer to one call and judges it. One call, one thread. */
final class ReplyReader implements MessageReader.Sink {

  private static final int OK = 200;
  private static final String DATA = "data: ";
  private static final String ATTEMPTS = "x-parley-attempts:";

  private final SoakCall call;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final EventCutter cutter = new EventCutter(this::event);
  private final StringBuilder text = new StringBuilder();
  private int status;
  private int attempts;
  private boolean events;
  private boolean ended;
  private boolean finished;
  private int dones;
  private int seen;
  private String error = "";
  private String oddity = "";

  ReplyReader(SoakCall call) {
    this.call = call;
  }

  /** Whether the whole message came. */
  boolean ended() {
    return ended;
  }

  /** Events so far, for who leaves in the middle. */
  int seen() {
    return seen;
  }

  /** Whether anything of the answer came. */
  boolean begun() {
    return status != 0;
  }

  @Override
  public void head(byte[] bytes, int length) {
    status = Heads.status(bytes, length);
    String head = new String(bytes, 0, length, UTF_8).toLowerCase(Locale.ROOT);
    events = head.contains("content-type: text/event-stream");
    int at = head.indexOf(ATTEMPTS);
    attempts = at < 0 ? 0 : (int) Heads.number(bytes, at + ATTEMPTS.length(), length);
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    if (events) {
      cutter.feed(bytes, from, to);
    } else {
      body.write(bytes, from, to - from);
      seen++;
    }
  }

  @Override
  public void end() {
    ended = true;
  }

  private void event(byte[] bytes, int length) {
    seen++;
    String event = new String(bytes, 0, length, UTF_8).strip();
    if (!event.startsWith(DATA)) {
      oddity = "an event without data";
    } else if (dones > 0 || !error.isEmpty()) {
      oddity = "an event behind the end: " + event;
    } else if (event.equals(DATA + "[DONE]")) {
      dones++;
    } else {
      chunk(bytes, length);
    }
  }

  private void chunk(byte[] bytes, int length) {
    try {
      JsonValue json = Json.parse(bytes, DATA.length(), length, JsonLimits.DEFAULT);
      error = code(json);
      JsonValue choices = json.get("choices");
      if (choices == null) {
        return;
      }
      for (JsonValue choice : choices.elements()) {
        JsonValue delta = choice.get("delta");
        JsonValue content = delta == null ? null : delta.get("content");
        if (content != null && content.isString()) {
          if (finished && !content.isEmptyString()) {
            oddity = "content behind the finish reason";
          }
          text.append(content.asString());
        }
        finished |= isStop(choice);
      }
    } catch (JsonSyntaxException e) {
      oddity = "an event that is not JSON: " + e.getMessage();
    }
  }

  private static boolean isStop(JsonValue choice) {
    JsonValue reason = choice.get("finish_reason");
    return reason != null && reason.isString() && reason.textEquals("stop");
  }

  private static String code(JsonValue json) {
    JsonValue error = json.get("error");
    if (error == null || !error.isObject()) {
      return "";
    }
    JsonValue code = error.get("code");
    return code != null && code.isString() ? code.asString() : "without a code";
  }

  /** The judgement; the connection has ended, or the message has. */
  Outcome outcome() {
    if (!oddity.isEmpty()) {
      return new Outcome.Wrong(oddity);
    }
    return events ? ofStream() : ofWhole();
  }

  private Outcome ofStream() {
    String right = Truth.of(call.number()).text();
    if (!call.stream() || !right.startsWith(text.toString())) {
      return new Outcome.Wrong(difference(right));
    }
    boolean whole = finished && text.length() == right.length();
    if (!error.isEmpty()) {
      return new Outcome.Refused(error + " in the stream");
    }
    if (dones == 1 || ended) {
      return whole && dones == 1 && ended
          ? new Outcome.Success(attempts)
          : new Outcome.Wrong(
              "ends after %d of %d characters, finished: %s, [DONE]: %d, body ended: %s"
                  .formatted(text.length(), right.length(), finished, dones, ended));
    }
    return new Outcome.Broken("a stream without an end or an error");
  }

  private String difference(String right) {
    int at = 0;
    while (at < Math.min(right.length(), text.length()) && right.charAt(at) == text.charAt(at)) {
      at++;
    }
    return "at character %d: \"%s\" (expected: \"%s\")"
        .formatted(at, piece(text.toString(), at), piece(right, at));
  }

  private static String piece(String of, int at) {
    return of.substring(at, Math.min(of.length(), at + 24));
  }

  private Outcome ofWhole() {
    if (!ended) {
      return new Outcome.Broken(status == 0 ? "no answer" : "a body without its end");
    }
    try {
      JsonValue json = Json.parse(body.toByteArray());
      if (status != OK) {
        String code = code(json);
        return code.isEmpty()
            ? new Outcome.Broken("status " + status + " without an error")
            : new Outcome.Refused(code);
      }
      return isRight(json)
          ? new Outcome.Success(attempts)
          : new Outcome.Wrong("the whole answer is another: " + json.raw());
    } catch (JsonSyntaxException e) {
      return status == OK
          ? new Outcome.Wrong("a success that is not JSON: " + e.getMessage())
          : new Outcome.Broken("status " + status + " without JSON");
    }
  }

  private boolean isRight(JsonValue json) {
    if (call.stream()) {
      return false;
    }
    return switch (call.alias().ability()) {
      case CHAT -> isRightText(first(json, "choices"));
      case EMBEDDING -> isRightVector(first(json, "data"));
    };
  }

  private boolean isRightText(@Nullable JsonValue choice) {
    JsonValue message = choice == null ? null : choice.get("message");
    JsonValue content = message == null ? null : message.get("content");
    return choice != null
        && content != null
        && content.isString()
        && isStop(choice)
        && content.asString().equals(Truth.of(call.number()).text());
  }

  private boolean isRightVector(@Nullable JsonValue entry) {
    JsonValue vector = entry == null ? null : entry.get("embedding");
    if (vector == null || !vector.isArray()) {
      return false;
    }
    double[] right = Truth.vector(call.number());
    int at = 0;
    for (JsonValue value : vector.elements()) {
      if (at == right.length || value.asDouble() != right[at++]) {
        return false;
      }
    }
    return at == right.length;
  }

  private static @Nullable JsonValue first(JsonValue json, String list) {
    JsonValue values = json.get(list);
    if (values == null || !values.isArray()) {
      return null;
    }
    for (JsonValue value : values.elements()) {
      return value;
    }
    return null;
  }
}
