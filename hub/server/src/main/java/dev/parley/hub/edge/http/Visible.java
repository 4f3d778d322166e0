package dev.parley.hub.edge.http;

import dev.parley.core.model.Scope;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ServedModel;

/** Which models a key is shown: those of which it may use something. */
public final class Visible {

  private Visible() {}

  /** Whether a model is shown under its name. */
  public static boolean in(Scope scope, ServedModel model) {
    return scope.allowsModel(model.name())
        && (scope.capabilities().isEmpty()
            || model.info().capabilities().stream().anyMatch(scope::allows))
        && (scope.backends().isEmpty()
            || model.targets().stream()
                .anyMatch(target -> scope.allowsBackend(target.backend().id())));
  }

  /** Whether a model is shown, by its id or a further name. */
  public static boolean in(Scope scope, CatalogModel model) {
    return (scope.allowsModel(model.id()) || model.aliases().stream().anyMatch(scope::allowsModel))
        && (scope.capabilities().isEmpty() || model.capabilities().stream().anyMatch(scope::allows))
        && (scope.backends().isEmpty() || model.backends().stream().anyMatch(scope::allowsBackend));
  }
}
