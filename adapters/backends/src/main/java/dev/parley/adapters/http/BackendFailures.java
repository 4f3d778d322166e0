package dev.parley.adapters.http;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.error.Stage;
import dev.parley.core.model.Target;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Decides what a backend's error answer means for the caller: one table for all backends. */
public final class BackendFailures {

  private static final Duration LOADING_RETRY = Duration.ofSeconds(5);

  private BackendFailures() {}

  static HubError classify(Target target, ResponseHeaders headers, byte[] body) {
    ErrorBody error = ErrorBody.parse(body);
    return classify(target, headers.status().code(), error, RetryAfter.of(headers));
  }

  /** What the answer to a small question means, when its status is not one of success. */
  public static HubError answered(Target target, BackendClient.Answer answer) {
    return classify(target, answer.status(), ErrorBody.parse(answer.body()), null);
  }

  /** An error that came inside an answer of status 200, whole or in the middle of a stream. */
  public static HubError insideSuccess(Target target, ErrorBody error) {
    int status = error.status().orElseGet(() -> statusOf(error));
    return classify(target, status < 400 || status > 599 ? 502 : status, error, null);
  }

  /** Words that say as much as a status does, for errors that come without one. */
  private static int statusOf(ErrorBody error) {
    return switch (knownWord(error)) {
      case "context_length_exceeded",
          "content_policy_violation",
          "content_filter",
          "invalid_request_error" ->
          400;
      case ErrorCodes.MODEL_NOT_FOUND -> 404;
      case "rate_limit_exceeded", "insufficient_quota" -> 429;
      default -> 502;
    };
  }

  private static String knownWord(ErrorBody error) {
    String code = ErrorCodes.of(error);
    return code.isEmpty() ? error.type() : code;
  }

  private static HubError classify(
      Target target, int status, ErrorBody error, @Nullable Duration retryAfterHeader) {
    Duration retryAfter =
        retryAfterHeader != null
            ? retryAfterHeader
            : RetryAfter.ofSeconds(error.retryAfterSeconds().orElse(0));
    return switch (status) {
      case 401, 407 ->
          failed(target, status, "it refused the hub's credentials (check auth of this backend)");
      case 402 -> new HubError.QuotaSpent(target.backend(), error.message());
      case 408, 504, 524 -> new HubError.DeadlineExceeded(Stage.BACKEND, Duration.ZERO);
      case 429 ->
          isQuota(error)
              ? new HubError.QuotaSpent(target.backend(), error.message())
              : new HubError.RateLimited(target.backend(), error.message(), retryAfter);
      case 499 -> failed(target, status, error.message());
      case 501 ->
          new HubError.CapabilityMissing(
              target.model(), error.message(), "use a model that has this capability");
      case 503, 529 -> unavailable(target, error, retryAfter);
      case 400, 422 -> rejected(target, 400, error);
      case 300, 301, 302, 303, 307, 308 ->
          failed(target, status, "it redirects elsewhere (check base_url of this backend)");
      default ->
          status >= 400 && status <= 499 && status != 424
              ? rejected(target, status, error)
              : serverError(target, status, error);
    };
  }

  private static HubError unavailable(Target target, ErrorBody error, Duration retryAfter) {
    boolean loading = error.message().toLowerCase(Locale.ROOT).contains("loading model");
    if (loading) {
      return new HubError.ModelLoading(
          target.model(), retryAfter.isZero() ? LOADING_RETRY : retryAfter);
    }
    return new HubError.Overloaded("backend " + target.backend() + " is busy", retryAfter);
  }

  /** llama.cpp says 500 to a text that is too long for its batch: that is the caller's to mend. */
  private static HubError serverError(Target target, int status, ErrorBody error) {
    return ErrorCodes.isTooLong(error)
        ? rejected(target, 400, error)
        : failed(target, status, error.message());
  }

  /** A model that is not there is a 404, also where the backend calls it a bad request. */
  private static HubError rejected(Target target, int status, ErrorBody error) {
    String code = ErrorCodes.of(error);
    boolean noModel = code.equals(ErrorCodes.MODEL_NOT_FOUND);
    return new HubError.BackendRejected(
        target, noModel ? 404 : status, error.message(), error.type(), code, error.param());
  }

  private static HubError failed(Target target, int status, String detail) {
    return new HubError.BackendFailed(
        target, OptionalInt.of(status), detail, HubError.Reached.BACKEND);
  }

  private static boolean isQuota(ErrorBody error) {
    return error.code().equals("insufficient_quota") || error.type().equals("insufficient_quota");
  }
}
