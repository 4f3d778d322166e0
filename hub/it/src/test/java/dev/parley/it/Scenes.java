package dev.parley.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import java.util.Map;

/** What servers in trouble answer, in the words of the one that the fakes imitate. */
final class Scenes {

  /** What the user says: 57 words on top of the fake's own three make 60 tokens. */
  static final String LONG = "hi [[words 57]]";

  /** The whole answer to {@link #LONG}. */
  static final String LONG_ANSWER = "You said: hi" + words(1, 57);

  /** What the user says where the length does not matter. */
  static final String SHORT = "one two three";

  /** The whole answer to {@link #SHORT}. */
  static final String SHORT_ANSWER = "You said: one two three";

  private Scenes() {}

  /** Words of a long answer, from the first to the last. */
  static String words(int first, int last) {
    StringBuilder words = new StringBuilder();
    for (int i = first; i <= last; i++) {
      words.append(" word").append(i);
    }
    return words.toString();
  }

  /** 429, perhaps with more headers. */
  static Behaviour throttled(Map<String, String> headers) {
    return refusal(429, "Rate limit reached.", "requests", "\"rate_limit_exceeded\"", headers);
  }

  /** 500. */
  static Behaviour failing() {
    return refusal(500, "The engine failed.", "server_error", "null", Map.of());
  }

  /** 503 that names no time. */
  static Behaviour down() {
    return refusal(503, "The engine is down.", "server_error", "null", Map.of());
  }

  /** 400: the text is longer than the model can take. */
  static Behaviour tooLong() {
    return refusal(
        400,
        "This model's maximum context length is 4096 tokens.",
        "invalid_request_error",
        "\"context_length_exceeded\"",
        Map.of());
  }

  /** 400: the text is not what this provider answers. */
  static Behaviour filtered() {
    return refusal(
        400,
        "The prompt was refused by our safety system.",
        "invalid_request_error",
        "\"content_policy_violation\"",
        Map.of());
  }

  private static Behaviour refusal(
      int status, String message, String type, String code, Map<String, String> headers) {
    String body =
        "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
            .formatted(message, type, code);
    return Behaviour.reply(
        Answer.of(status, "application/json", body.getBytes(UTF_8)).with(headers));
  }
}
