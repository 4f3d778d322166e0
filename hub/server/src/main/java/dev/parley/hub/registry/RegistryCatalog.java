package dev.parley.hub.registry;

import java.util.List;
import java.util.Optional;

/** The models of the registry's newest snapshot. */
public final class RegistryCatalog implements ModelCatalog {

  private final Registry registry;

  public RegistryCatalog(Registry registry) {
    this.registry = registry;
  }

  @Override
  public List<CatalogModel> models() {
    return registry.snapshot().catalog();
  }

  @Override
  public Optional<CatalogModel> find(String idOrAlias) {
    return registry.snapshot().find(idOrAlias).map(CatalogModels::of);
  }

  @Override
  public Optional<String> nearest(String name) {
    return registry.snapshot().nearest(name);
  }
}
