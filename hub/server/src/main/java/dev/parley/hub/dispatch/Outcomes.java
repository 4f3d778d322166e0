package dev.parley.hub.dispatch;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;

/** The words for how a call or an attempt ended: what logs and metrics group by. */
public final class Outcomes {

  public static final String OK = "ok";
  public static final String CANCELLED = "cancelled";

  private static final String INTERNAL = "internal";

  private Outcomes() {}

  /** The word for a failure. */
  public static String of(Throwable failure) {
    if (!(failure instanceof HubException known)) {
      return INTERNAL;
    }
    return switch (known.error()) {
      case HubError.InvalidRequest _, HubError.UnsupportedMediaType _ -> "invalid_request";
      case HubError.Unauthenticated _ -> "invalid_api_key";
      case HubError.Forbidden _ -> "forbidden";
      case HubError.UnsupportedAudio _ -> "unsupported_audio";
      case HubError.MethodNotAllowed _ -> "method_not_allowed";
      case HubError.CapabilityMissing _ -> "capability_missing";
      case HubError.NotFound _ -> "not_found";
      case HubError.NameTaken _ -> "name_taken";
      case HubError.EtagMismatch _ -> "etag_mismatch";
      case HubError.TooLarge _ -> "too_large";
      case HubError.RateLimited _ -> "rate_limited";
      case HubError.QuotaSpent _ -> "quota_spent";
      case HubError.Overloaded _ -> "overloaded";
      case HubError.NoHealthyBackend _ -> "no_backend";
      case HubError.ModelLoading _ -> "model_loading";
      case HubError.BackendRejected _ -> "backend_rejected";
      case HubError.BackendFailed _ -> "backend_failed";
      case HubError.DeadlineExceeded(var stage, _) -> "timeout_" + stage.wireName();
      case HubError.Cancelled _ -> CANCELLED;
      case HubError.NotConfigured _ -> "not_configured";
      case HubError.Internal _ -> INTERNAL;
    };
  }
}
