package dev.parley.core.error;

import dev.parley.core.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A failure of the hub or of a backend behind it. Texts in here may be shown to the caller that
 * sent the request; they never hold a secret, a class name or an address of the operator's network.
 * Whoever renders one decides with an exhaustive switch, so that a new failure cannot be forgotten.
 */
public sealed interface HubError {

  /** Who has to act. */
  Category category();

  /** Who has to act on a failure; decides retry, alert and blame. */
  enum Category {
    /** The request is wrong: repeating it unchanged is useless. */
    USER,
    /** Something ran out: repeating it later can help. */
    RESOURCES,
    /** A backend failed. */
    EXTERNAL,
    /** The hub itself failed. */
    INTERNAL
  }

  /** A member of the request has a value that is not allowed; {@code field} is its path. */
  record InvalidRequest(String field, String got, String expected) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /**
   * Sound that cannot be read or written; {@code found} is a clause that says what it is, {@code
   * expected} what would do.
   */
  record UnsupportedAudio(String field, String found, String expected) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** The body's media type is not one that the route reads. */
  record UnsupportedMediaType(String got, String expected) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /**
   * Nobody knows who calls: no key was given, or one that is none (any more).
   *
   * @param found what is wrong with it; never the key itself
   * @param remedy what the caller has to do
   */
  record Unauthenticated(String found, String remedy) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /**
   * The caller's key does not open this.
   *
   * @param what what it was asked for
   * @param remedy who has to do what
   */
  record Forbidden(String what, String remedy) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** The route exists, but not for this HTTP method. */
  record MethodNotAllowed(String got, String allowed) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** The model, or every backend that serves it, cannot do what was asked. */
  record CapabilityMissing(String model, String missing, String remedy) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** Nothing of that name is here; {@code nearest} is the closest name that is. */
  record NotFound(Kind kind, String name, Optional<String> nearest) implements HubError {

    /** What was looked for. */
    public enum Kind {
      MODEL,
      VOICE,
      MEDIA,
      OPERATION,
      ROUTE,
      KEY
    }

    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** Something new was to get a name that something else has; {@code kind} is what it is. */
  record NameTaken(String kind, String name) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /**
   * Something changed since the caller last saw it: it has to be read again before it is changed.
   */
  record EtagMismatch(String kind, String name) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /**
   * A body, a message or a part of it is larger than allowed.
   *
   * @param limit how much is allowed, in {@code unit}, such as {@code bytes}
   */
  record TooLarge(String what, String limitName, long limit, String unit) implements HubError {

    /** A limit in bytes. */
    public TooLarge(String what, String limitName, long limitBytes) {
      this(what, limitName, limitBytes, "bytes");
    }

    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** Too many calls for now; {@code retryAfter} is zero when nobody said how long. */
  record RateLimited(String scope, String message, Duration retryAfter) implements HubError {
    @Override
    public Category category() {
      return Category.RESOURCES;
    }
  }

  /** An account or a budget is used up: waiting does not help. */
  record QuotaSpent(String scope, String message) implements HubError {
    @Override
    public Category category() {
      return Category.RESOURCES;
    }
  }

  /**
   * There is no room for the call now; {@code what} is a clause that says where, and why, {@code
   * retryAfter} is zero when nobody said how long.
   */
  record Overloaded(String what, Duration retryAfter) implements HubError {
    @Override
    public Category category() {
      return Category.RESOURCES;
    }
  }

  /**
   * No backend that serves the model can be used now; {@code retryAfter} is when the first of them
   * will be tried again.
   */
  record NoHealthyBackend(String model, List<String> tried, Duration retryAfter)
      implements HubError {
    public NoHealthyBackend {
      tried = List.copyOf(tried);
    }

    @Override
    public Category category() {
      return Category.RESOURCES;
    }
  }

  /** The backend is up, the model is not loaded yet. */
  record ModelLoading(String model, Duration retryAfter) implements HubError {
    @Override
    public Category category() {
      return Category.RESOURCES;
    }
  }

  /**
   * The backend refused the request for a reason that the caller can mend (context length, content
   * policy, a parameter). {@code status} is the HTTP status to answer with, 400..499; type, code
   * and param are the backend's words, empty when it gave none.
   */
  record BackendRejected(
      Target target, int status, String message, String type, String code, String param)
      implements HubError {
    public BackendRejected {
      if (status < 400 || status > 499) {
        throw new IllegalArgumentException("status: " + status + " (expected: 400..499)");
      }
    }

    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** How far a call had got when it failed; decides whether it may be made again. */
  enum Reached {
    /** The backend has not seen the call: even one that must not run twice can be repeated. */
    NOBODY,
    /** The backend has or may have seen it, the caller has seen nothing. */
    BACKEND,
    /** Output has left for the caller: a repeat would say it twice. */
    CALLER
  }

  /** The backend failed. {@code detail} is for logs and for the caller, without addresses. */
  record BackendFailed(Target target, OptionalInt upstreamStatus, String detail, Reached reached)
      implements HubError {
    @Override
    public Category category() {
      return Category.EXTERNAL;
    }
  }

  /** A phase of the call took longer than its limit. */
  record DeadlineExceeded(Stage stage, Duration limit) implements HubError {
    @Override
    public Category category() {
      return Category.EXTERNAL;
    }
  }

  /** The caller went away. */
  record Cancelled() implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** No backend is configured for this call at all. */
  record NotConfigured(String what) implements HubError {
    @Override
    public Category category() {
      return Category.USER;
    }
  }

  /** A fault of the hub; {@code id} finds the stack trace in the log. */
  record Internal(String id) implements HubError {
    @Override
    public Category category() {
      return Category.INTERNAL;
    }
  }
}
