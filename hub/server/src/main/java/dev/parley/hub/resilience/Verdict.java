package dev.parley.hub.resilience;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Duration;

/**
 * What a failed attempt means: for the call, and for the target's reputation. One table for all
 * kinds of calls.
 *
 * @param then what may be done with the call
 * @param blame what is held against the target
 * @param rest how long the backend asked to be left alone; zero when it did not say
 */
record Verdict(Then then, Blame blame, Duration rest) {

  /** What may be done with the call. */
  enum Then {
    /** Nothing: it would fail everywhere for the same reason, or must not be made again. */
    GIVE_UP,
    /** This target refused it for a reason that may lie in the call or in the target. */
    REFUSED,
    /** The same target may well do it at the next try. */
    AGAIN,
    /** Another target first; this one when it had its rest. */
    LATER,
    /** Another target; not this one again. */
    ELSEWHERE,
    /** A target with room for more tokens. */
    LARGER
  }

  /** What is held against the target. */
  enum Blame {
    NONE,
    /** Busy is not down. */
    BUSY,
    FAILED
  }

  private static final Duration QUOTA_REST = Duration.ofMinutes(1);

  /**
   * @param sent whether the call was handed to the target, as opposed to failing in the hub's queue
   */
  static Verdict of(Throwable failure, boolean sent, Repeatable repeatable) {
    // A fault of the hub's own code says nothing of the target.
    Verdict verdict =
        failure instanceof HubException known
            ? of(known.error(), sent)
            : simple(Then.GIVE_UP, Blame.NONE);
    return mayRepeat(failure, sent, repeatable)
        ? verdict
        : new Verdict(Then.GIVE_UP, verdict.blame(), verdict.rest());
  }

  private static Verdict of(HubError error, boolean sent) {
    return switch (error) {
      case HubError.InvalidRequest _,
          HubError.UnsupportedMediaType _,
          HubError.UnsupportedAudio _,
          HubError.MethodNotAllowed _,
          HubError.NotFound _,
          HubError.NameTaken _,
          HubError.EtagMismatch _,
          HubError.TooLarge _,
          HubError.Unauthenticated _,
          HubError.Forbidden _,
          HubError.Cancelled _,
          HubError.NotConfigured _,
          HubError.NoHealthyBackend _,
          HubError.Internal _ ->
          simple(Then.GIVE_UP, Blame.NONE);
      case HubError.CapabilityMissing _ -> simple(Then.ELSEWHERE, Blame.NONE);
      case HubError.BackendRejected rejected -> of(rejected);
      case HubError.RateLimited(_, _, Duration after) -> new Verdict(Then.LATER, Blame.BUSY, after);
      case HubError.QuotaSpent _ -> new Verdict(Then.ELSEWHERE, Blame.BUSY, QUOTA_REST);
      case HubError.ModelLoading(_, Duration after) -> new Verdict(Then.LATER, Blame.BUSY, after);
      case HubError.Overloaded(_, Duration after) -> overloaded(after, sent);
      case HubError.BackendFailed failed ->
          simple(refusesUs(failed) ? Then.ELSEWHERE : Then.AGAIN, Blame.FAILED);
      case HubError.DeadlineExceeded(var stage, _) ->
          switch (stage) {
            case QUEUE -> simple(Then.ELSEWHERE, Blame.NONE);
            // The call's own time is up: neither does that prove a fault of the target.
            case TOTAL -> simple(Then.GIVE_UP, Blame.NONE);
            case CONNECT, WRITE, HEADERS, FIRST_BYTE, IDLE, BACKEND ->
                simple(Then.ELSEWHERE, Blame.FAILED);
          };
    };
  }

  /** A 503 that names a time is busy; one that does not may last, and counts as a failure. */
  private static Verdict overloaded(Duration after, boolean sent) {
    if (!sent) {
      return simple(Then.ELSEWHERE, Blame.NONE);
    }
    return after.isZero()
        ? simple(Then.AGAIN, Blame.FAILED)
        : new Verdict(Then.LATER, Blame.BUSY, after);
  }

  private static Verdict of(HubError.BackendRejected rejected) {
    return switch (rejected.code()) {
      case "context_length_exceeded" -> simple(Then.LARGER, Blame.NONE);
      case "content_filter", "content_policy_violation", "moderation_blocked" ->
          simple(Then.GIVE_UP, Blame.NONE);
      default ->
          switch (rejected.status()) {
            // The operator believes that this model is there, and the backend knows better.
            case 404 -> simple(Then.ELSEWHERE, Blame.FAILED);
            default -> simple(Then.REFUSED, Blame.NONE);
          };
    };
  }

  private static boolean refusesUs(HubError.BackendFailed failed) {
    return failed.upstreamStatus().isPresent()
        && (failed.upstreamStatus().getAsInt() == 401 || failed.upstreamStatus().getAsInt() == 407);
  }

  private static boolean mayRepeat(Throwable failure, boolean sent, Repeatable repeatable) {
    if (repeatable == Repeatable.FREELY || !sent) {
      return true;
    }
    if (!(failure instanceof HubException known)) {
      return false;
    }
    return switch (known.error()) {
      case HubError.BackendFailed failed -> failed.reached() == HubError.Reached.NOBODY;
      case HubError.DeadlineExceeded(var stage, _) ->
          switch (stage) {
            case QUEUE, CONNECT -> true;
            case WRITE, HEADERS, FIRST_BYTE, IDLE, TOTAL, BACKEND -> false;
          };
      // Refused before any work was done.
      case HubError.RateLimited _,
          HubError.QuotaSpent _,
          HubError.Overloaded _,
          HubError.ModelLoading _,
          HubError.CapabilityMissing _ ->
          true;
      default -> false;
    };
  }

  private static Verdict simple(Then then, Blame blame) {
    return new Verdict(then, blame, Duration.ZERO);
  }
}
