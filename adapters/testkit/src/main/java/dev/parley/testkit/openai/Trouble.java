package dev.parley.testkit.openai;

import org.jspecify.annotations.Nullable;

/** The failures the fakes report, with the name each dialect gives them. */
enum Trouble {
  INVALID(
      400,
      "invalid_request_error",
      null,
      "BadRequestError",
      "invalid_request_error",
      "invalid_request"),
  CONTEXT(
      400,
      "invalid_request_error",
      "context_length_exceeded",
      "BadRequestError",
      "exceed_context_size_error",
      "context_length_exceeded"),
  UNAUTHORIZED(
      401,
      "invalid_request_error",
      "invalid_api_key",
      "Unauthorized",
      "authentication_error",
      "authentication"),
  NO_MODEL(
      404,
      "invalid_request_error",
      "model_not_found",
      "NotFoundError",
      "not_found_error",
      "not_found"),
  NO_ROUTE(404, "invalid_request_error", null, "NotFoundError", "not_found_error", "not_found"),
  OVERLOADED(
      429,
      "requests",
      "rate_limit_exceeded",
      "RateLimitError",
      "unavailable_error",
      "rate_limit_exceeded"),
  FAILED(500, "server_error", null, "InternalServerError", "server_error", "server"),
  UNSUPPORTED(501, "server_error", null, "NotImplementedError", "not_supported_error", "unmapped"),
  UNAVAILABLE(
      503,
      "server_error",
      null,
      "ServiceUnavailableError",
      "unavailable_error",
      "provider_overloaded");

  final int status;
  final String openAiType;
  final @Nullable String openAiCode;
  final String vllmType;
  final String llamaType;
  final String openRouterType;

  Trouble(
      int status,
      String openAiType,
      @Nullable String openAiCode,
      String vllmType,
      String llamaType,
      String openRouterType) {
    this.status = status;
    this.openAiType = openAiType;
    this.openAiCode = openAiCode;
    this.vllmType = vllmType;
    this.llamaType = llamaType;
    this.openRouterType = openRouterType;
  }

  /** What is most like this status. */
  static Trouble of(int status) {
    for (var trouble : values()) {
      if (trouble.status == status) {
        return trouble;
      }
    }
    return status < 500 ? INVALID : FAILED;
  }
}
