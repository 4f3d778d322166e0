package dev.parley.it;

import dev.parley.testkit.fault.FaultStep;
import dev.parley.testkit.fault.Faults;
import java.time.Duration;
import java.util.List;

/** A way to break the rules of HTTP, and how a caller with nowhere else to go is told of it. */
enum Fault {
  HALF_OPEN(Faults.frozen(), KnownError.TIMEOUT, "phase"),
  SILENT(Faults.silent(), KnownError.TIMEOUT, "phase"),
  SLOW_LORIS(
      Faults.slowLorisWithoutEnd(Json.ANSWER, Duration.ofMillis(5)), KnownError.TIMEOUT, "phase"),
  ENDLESS_HEAD(Faults.endlessHead(100_000), KnownError.BACKEND_FAILED, "'primary' failed"),
  GIGANTIC_HEADER(Faults.giganticHeader(1 << 20), KnownError.BACKEND_FAILED, "'primary' failed"),
  ENDLESS_REDIRECTS(Faults.redirect(Http.CHAT), KnownError.BACKEND_FAILED, "redirects elsewhere"),
  JUNK(Faults.junk(), KnownError.BACKEND_FAILED, "'primary' failed"),
  JUNK_BEFORE_JSON(
      Faults.junkBeforeJson(Json.ANSWER), KnownError.BACKEND_FAILED, "'primary' failed"),
  WEB_PAGE(
      Faults.wrongContentType("text/html; charset=utf-8", "<!doctype html><html>Log in</html>"),
      KnownError.BACKEND_FAILED,
      "web page"),
  IMAGE(
      Faults.wrongContentType("image/png", "\u0089PNG\r\n"),
      KnownError.BACKEND_FAILED,
      "'primary' failed"),
  TRUNCATED_GZIP(Faults.truncatedGzip(Json.ANSWER), KnownError.BACKEND_FAILED, "'primary' failed"),
  HALF_REPLY(Faults.halfReply(Json.ANSWER), KnownError.BACKEND_FAILED, "'primary' failed"),
  RESET_IN_THE_BODY(
      Faults.resetMidBody(Json.ANSWER), KnownError.BACKEND_FAILED, "'primary' failed"),
  ANSWER_BEFORE_UPLOAD(
      Faults.earlyAnswer(500, "{\"error\":{\"message\":\"too early\"}}"),
      KnownError.BACKEND_FAILED,
      "'primary' failed"),
  RESET_BEFORE_UPLOAD(
      Faults.earlyAnswerReset(500, "{\"error\":{\"message\":\"too early\"}}"),
      KnownError.BACKEND_FAILED,
      "'primary' failed"),
  UPLOAD_UNREAD(Faults.uploadUnread(), KnownError.TIMEOUT, "phase");

  final List<FaultStep> script;
  final KnownError told;
  final String words;

  Fault(List<FaultStep> script, KnownError told, String words) {
    this.script = script;
    this.told = told;
    this.words = words;
  }

  /** What the user says: more than socket buffers take, where the upload is the point. */
  String text() {
    return switch (this) {
      case ANSWER_BEFORE_UPLOAD, RESET_BEFORE_UPLOAD, UPLOAD_UNREAD -> "a".repeat(4 << 20);
      default -> Scenes.SHORT;
    };
  }

  /** Documents that a server at fault would have sent. */
  static final class Json {

    static final String ANSWER =
        "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"primary-model\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"so\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,"
            + "\"completion_tokens\":1,\"total_tokens\":2}}";

    static final String MODELS =
        "{\"object\":\"list\",\"data\":[{\"id\":\"primary-model\",\"object\":\"model\","
            + "\"created\":1,\"owned_by\":\"nobody\"}]}";

    private static final String CHUNK =
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"primary-model\",\"choices\":[{\"index\":0,\"delta\":{%s},"
            + "\"finish_reason\":%s}]}\n\n";

    static final String EVENTS =
        CHUNK.formatted("\"role\":\"assistant\",\"content\":\"so\"", "null")
            + CHUNK.formatted("", "\"stop\"")
            + "data: [DONE]\n\n";

    private Json() {}
  }
}
