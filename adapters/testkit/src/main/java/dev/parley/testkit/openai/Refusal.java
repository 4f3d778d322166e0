package dev.parley.testkit.openai;

import org.jspecify.annotations.Nullable;

/** Ends the handling of a request with an error answer, which the dialect renders. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Trouble trouble;
  private final @Nullable String param;
  private final int status;

  Refusal(Trouble trouble, String message, @Nullable String param) {
    this(trouble, trouble.status, message, param);
  }

  /** A trouble under another status than its own. */
  Refusal(Trouble trouble, int status, String message, @Nullable String param) {
    super(message);
    this.trouble = trouble;
    this.status = status;
    this.param = param;
  }

  int status() {
    return status;
  }

  static Refusal invalid(String message, @Nullable String param) {
    return new Refusal(Trouble.INVALID, message, param);
  }

  Trouble trouble() {
    return trouble;
  }

  @Nullable String param() {
    return param;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
