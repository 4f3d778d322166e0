package dev.parley.hub.routing;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Scope;
import dev.parley.core.model.Traits;

/** Whether a caller's key may be used for a call; says what it may be used for where not. */
final class Permission {

  private static final String REMEDY = "ask the operator of this hub for a key that may";

  private Permission() {}

  /** Fails with Forbidden. Before it is known whether there is such a model: that is not told. */
  static void check(String model, Scope scope) {
    if (!scope.allowsModel(model)) {
      throw forbidden(
          "this key may not use model '" + model + "'",
          "it may use: " + String.join(", ", scope.models()));
    }
  }

  static void check(Traits traits) {
    Caller caller = traits.caller();
    Scope scope = caller.scope();
    if (!scope.allows(traits.capability())) {
      throw forbidden("this key may not be used for " + traits.capability().wireName(), REMEDY);
    }
    if (caller.backend().isEmpty()) {
      return;
    }
    if (scope.pinning() == Scope.Pinning.REFUSED || !scope.allowsBackend(caller.backend())) {
      throw forbidden(
          "this key may not choose the backend '" + caller.backend() + "'",
          "leave x-parley-backend out");
    }
  }

  static HubError noBackend(String model) {
    return new HubError.Forbidden(
        "this key may not use any backend of model '" + model + "'", REMEDY);
  }

  private static HubException forbidden(String what, String remedy) {
    return new HubException(new HubError.Forbidden(what, remedy));
  }
}
