package dev.parley.it;

import io.grpc.Status;

/** An error as REST and gRPC spell it. */
enum KnownError {
  RATE_LIMITED(429, "rate_limit_exceeded", Status.Code.RESOURCE_EXHAUSTED, "RATE_LIMITED"),
  OVERLOADED(503, "overloaded", Status.Code.UNAVAILABLE, "OVERLOADED"),
  NO_BACKEND(503, "overloaded", Status.Code.UNAVAILABLE, "NO_BACKEND"),
  BACKEND_FAILED(502, "upstream_error", Status.Code.UNAVAILABLE, "BACKEND_FAILED"),
  TIMEOUT(504, "timeout", Status.Code.DEADLINE_EXCEEDED, "TIMEOUT"),
  TOO_LONG(400, "context_length_exceeded", Status.Code.INVALID_ARGUMENT, "INVALID_FIELD"),
  INVALID(400, "invalid_value", Status.Code.INVALID_ARGUMENT, "INVALID_FIELD"),
  UNABLE(400, "unsupported_value", Status.Code.FAILED_PRECONDITION, "CAPABILITY_MISSING"),
  FILTERED(400, "content_policy_violation", Status.Code.INVALID_ARGUMENT, "INVALID_FIELD");

  /** The HTTP status, where it can still be told. */
  final int status;

  /** OpenAI's {@code code}. */
  final String code;

  final Status.Code grpc;

  /** The reason in gRPC's {@code ErrorInfo}. */
  final String reason;

  KnownError(int status, String code, Status.Code grpc, String reason) {
    this.status = status;
    this.code = code;
    this.grpc = grpc;
    this.reason = reason;
  }
}
