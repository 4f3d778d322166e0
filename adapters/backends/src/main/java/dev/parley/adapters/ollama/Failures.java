package dev.parley.adapters.ollama;

import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import java.util.OptionalInt;

/** The failures that hide in answers of status 200. */
record Failures(Target target) {

  /** Throws the error that an object reports instead of a result. */
  void check(JsonValue reply) {
    JsonValue error = reply.get("error");
    if (error == null || error.isNull()) {
      return;
    }
    ErrorBody body = ErrorBody.of(reply);
    throw body == null
        ? failed("it reported an error")
        : new HubException(BackendFailures.insideSuccess(target, body));
  }

  HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
