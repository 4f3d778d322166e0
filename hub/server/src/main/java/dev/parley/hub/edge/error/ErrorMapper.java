package dev.parley.hub.edge.error;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.hub.edge.error.ErrorView.Detail;
import dev.parley.hub.edge.error.ErrorView.Retry;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what each failure looks like from outside. */
public final class ErrorMapper {

  private static final Logger log = LoggerFactory.getLogger(ErrorMapper.class);

  private static final String INVALID = "invalid_request_error";
  private static final String SERVER = "server_error";
  private static final Retry NO = new Retry.No();
  private static final Retry PERHAPS = new Retry.Perhaps();
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
  private static final Detail NONE = new Detail.None();

  private ErrorMapper() {}

  /**
   * Anything thrown; what is not a HubException is a fault of the hub and is logged with its id.
   */
  public static ErrorView view(Throwable thrown, String requestId) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof HubException hub) {
      return view(hub.error());
    }
    log.error("internal error request_id={}", requestId, cause);
    return view(new HubError.Internal(requestId));
  }

  /** A known failure. */
  public static ErrorView view(HubError error) {
    return switch (error) {
      case HubError.InvalidRequest e -> invalid(e);
      case HubError.UnsupportedAudio(String field, String found, String expected) ->
          of("UNSUPPORTED_AUDIO", Status.Code.INVALID_ARGUMENT, 400)
              .says(field + ": " + found + " (expected: " + expected + ")")
              .as(INVALID, "invalid_value")
              .param(field)
              .with(new Detail.Field(field, found + " (expected: " + expected + ")"))
              .build();
      case HubError.UnsupportedMediaType(String got, String expected) ->
          of("UNSUPPORTED_MEDIA_TYPE", Status.Code.INVALID_ARGUMENT, 415)
              .says("content-type: " + got + " (expected: " + expected + ")")
              .as(INVALID, "unsupported_media_type")
              .build();
      case HubError.Unauthenticated(String found, String remedy) ->
          of("INVALID_API_KEY", Status.Code.UNAUTHENTICATED, 401)
              .says(found + "; " + remedy)
              .as(INVALID, "invalid_api_key")
              .build();
      case HubError.Forbidden(String what, String remedy) ->
          of("FORBIDDEN", Status.Code.PERMISSION_DENIED, 403)
              .says(what + "; " + remedy)
              .as(INVALID, "permission_denied")
              .build();
      case HubError.MethodNotAllowed(String got, String allowed) ->
          of("METHOD_NOT_ALLOWED", Status.Code.UNIMPLEMENTED, 405)
              .says("method " + got + " (expected: " + allowed + ")")
              .as(INVALID, "method_not_allowed")
              .build();
      case HubError.CapabilityMissing(String model, String missing, String remedy) ->
          of("CAPABILITY_MISSING", Status.Code.FAILED_PRECONDITION, 400)
              .says("model '" + model + "' cannot do this: " + missing + "; " + remedy)
              .as(INVALID, "unsupported_value")
              .param("model")
              .with(new Detail.Precondition(model, missing))
              .about("model", model)
              .build();
      case HubError.NotFound e -> notFound(e);
      case HubError.NameTaken(String kind, String name) ->
          of("NAME_TAKEN", Status.Code.ALREADY_EXISTS, 409)
              .says("there is a " + kind + " of the name '" + name + "' already; choose another")
              .as(INVALID, "conflict")
              .param("name")
              .with(new Detail.Resource(kind, name))
              .about(kind, name)
              .build();
      case HubError.EtagMismatch(String kind, String name) ->
          of("ETAG_MISMATCH", Status.Code.ABORTED, 409)
              .says("the " + kind + " '" + name + "' has changed; read it and try again")
              .as(INVALID, "conflict")
              .with(new Detail.Resource(kind, name))
              .about(kind, name)
              .build();
      case HubError.TooLarge(String what, String limitName, long limit, String unit) ->
          of("TOO_LARGE", Status.Code.RESOURCE_EXHAUSTED, 413)
              .says(what + " is larger than " + limit + " " + unit + " (limit: " + limitName + ")")
              .as(INVALID, "too_large")
              .with(new Detail.Limit(limitName, limit + " " + unit))
              .build();
      case HubError.RateLimited(String scope, String message, Duration delay) ->
          of("RATE_LIMITED", Status.Code.RESOURCE_EXHAUSTED, 429)
              .says("rate limit of " + scope + ": " + message)
              .as(scope.startsWith("tokens ") ? "tokens" : "requests", "rate_limit_exceeded")
              .retry(delay.isZero() ? PERHAPS : new Retry.After(delay))
              .with(new Detail.Limit(scope, message))
              .build();
      case HubError.QuotaSpent(String scope, String message) ->
          of("QUOTA_SPENT", Status.Code.RESOURCE_EXHAUSTED, 429)
              .says("quota of " + scope + " is used up: " + message)
              .as("insufficient_quota", "insufficient_quota")
              .with(new Detail.Limit(scope, message))
              .build();
      case HubError.Overloaded(String what, Duration delay) ->
          busy("OVERLOADED", what + "; try again later", delay).build();
      case HubError.NoHealthyBackend e ->
          busy(
                  "NO_BACKEND",
                  "no backend can serve model '" + e.model() + "' now; tried: " + tried(e),
                  e.retryAfter())
              .about("model", e.model())
              .build();
      case HubError.ModelLoading(String model, Duration delay) ->
          busy("MODEL_LOADING", "model '" + model + "' is still loading", delay)
              .about("model", model)
              .build();
      case HubError.BackendRejected e -> rejected(e);
      case HubError.BackendFailed(
              Target target,
              OptionalInt status,
              String detail,
              HubError.Reached reached) ->
          of("BACKEND_FAILED", Status.Code.UNAVAILABLE, 502)
              .says("backend '" + target.backend() + "' failed: " + detail)
              .as(SERVER, "upstream_error")
              .retry(reached == HubError.Reached.CALLER ? NO : PERHAPS)
              .about(target)
              .about("upstream_status", status.isPresent() ? "" + status.getAsInt() : "")
              .about("emitted", reached == HubError.Reached.CALLER ? "true" : "")
              .build();
      case HubError.DeadlineExceeded(var stage, Duration limit) ->
          of("TIMEOUT", Status.Code.DEADLINE_EXCEEDED, 504)
              .says(
                  "timed out in phase "
                      + stage.wireName()
                      + (limit.isZero() ? "" : " after " + seconds(limit)))
              .as(SERVER, "timeout")
              .retry(PERHAPS)
              .about("stage", stage.wireName())
              .build();
      case HubError.Cancelled() ->
          of("CANCELLED", Status.Code.CANCELLED, 499)
              .says("the caller went away")
              .as(SERVER, "cancelled")
              .build();
      case HubError.NotConfigured(String what) ->
          of("NOT_CONFIGURED", Status.Code.UNIMPLEMENTED, 501)
              .says(what + ": no backend for this is configured on this hub")
              .as(SERVER, "not_configured")
              .build();
      case HubError.Internal(String id) ->
          of("INTERNAL", Status.Code.INTERNAL, 500)
              .says("internal error; tell the operator this request id: " + id)
              .as(SERVER, "internal_error")
              .retry(PERHAPS)
              .build();
    };
  }

  private static ErrorView invalid(HubError.InvalidRequest e) {
    String message = e.field() + ": " + e.got() + " (expected: " + e.expected() + ")";
    return of("INVALID_FIELD", Status.Code.INVALID_ARGUMENT, 400)
        .says(message)
        .as(INVALID, "invalid_value")
        .param(e.field())
        .with(new Detail.Field(e.field(), e.got() + " (expected: " + e.expected() + ")"))
        .build();
  }

  private static ErrorView notFound(HubError.NotFound e) {
    String kind = e.kind().name().toLowerCase(Locale.ROOT);
    String nearest = e.nearest().map(name -> "; did you mean '" + name + "'?").orElse("");
    boolean route = e.kind() == HubError.NotFound.Kind.ROUTE;
    return of(e.kind() + "_NOT_FOUND", Status.Code.NOT_FOUND, 404)
        .says("the " + kind + " '" + e.name() + "' does not exist" + nearest)
        .as(INVALID, kind + "_not_found")
        .param(route ? null : kind)
        .with(new Detail.Resource(kind, e.name()))
        .about(route ? "route" : kind, e.name())
        .build();
  }

  /** The backend's words pass through: the caller has to know why the content was refused. */
  private static ErrorView rejected(HubError.BackendRejected e) {
    String code = e.code().isEmpty() ? wordFor(e.status()) : e.code();
    return of(reasonFor(e.status()), grpcFor(e.status()), e.status())
        .says(e.message())
        .as(e.type().isEmpty() ? INVALID : e.type(), code)
        .param(e.param().isEmpty() ? null : e.param())
        .about(e.target())
        .about("upstream_status", "" + e.status())
        .with(e.param().isEmpty() ? NONE : new Detail.Field(e.param(), e.message()))
        .build();
  }

  private static String reasonFor(int status) {
    return switch (status) {
      case 403 -> "FORBIDDEN";
      case 404 -> "MODEL_NOT_FOUND";
      case 409 -> "NAME_TAKEN";
      case 413 -> "TOO_LARGE";
      default -> "INVALID_FIELD";
    };
  }

  private static Status.Code grpcFor(int status) {
    return switch (status) {
      case 403 -> Status.Code.PERMISSION_DENIED;
      case 404 -> Status.Code.NOT_FOUND;
      case 409 -> Status.Code.ABORTED;
      case 413 -> Status.Code.RESOURCE_EXHAUSTED;
      default -> Status.Code.INVALID_ARGUMENT;
    };
  }

  private static String wordFor(int status) {
    return switch (status) {
      case 403 -> "permission_denied";
      case 404 -> "model_not_found";
      case 409 -> "conflict";
      case 413 -> "too_large";
      default -> "invalid_value";
    };
  }

  private static Builder busy(String reason, String message, Duration delay) {
    return of(reason, Status.Code.UNAVAILABLE, 503)
        .says(message)
        .as(SERVER, "overloaded")
        .retry(new Retry.After(delay.isZero() ? BUSY_RETRY : delay));
  }

  private static String tried(HubError.NoHealthyBackend e) {
    return e.tried().isEmpty() ? "none" : String.join(", ", e.tried());
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private static Builder of(String reason, Status.Code grpc, int http) {
    return new Builder(reason, grpc, http);
  }

  private static final class Builder {
    private final String reason;
    private final Status.Code grpc;
    private final int http;
    private String message = "";
    private String type = SERVER;
    private String code = "";
    private @Nullable String param;
    private Retry retry = NO;
    private Detail detail = NONE;
    private final Map<String, String> metadata = new HashMap<>();

    Builder(String reason, Status.Code grpc, int http) {
      this.reason = reason;
      this.grpc = grpc;
      this.http = http;
    }

    Builder says(String text) {
      message = text;
      return this;
    }

    Builder as(String openAiType, String openAiCode) {
      type = openAiType;
      code = openAiCode;
      return this;
    }

    Builder param(@Nullable String name) {
      param = name;
      return this;
    }

    Builder retry(Retry when) {
      retry = when;
      return this;
    }

    Builder with(Detail more) {
      detail = more;
      return this;
    }

    Builder about(String key, String value) {
      if (!value.isEmpty()) {
        metadata.put(key, value);
      }
      return this;
    }

    Builder about(Target target) {
      return about("backend", target.backend()).about("model", target.model());
    }

    ErrorView build() {
      return new ErrorView(reason, grpc, http, message, type, code, param, retry, detail, metadata);
    }
  }
}
