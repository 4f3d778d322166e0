package dev.parley.hub.registry;

import java.util.List;
import java.util.Optional;

/** The models that callers can name. Answers from memory, on any thread, without waiting. */
public interface ModelCatalog {

  /** All models, in any order. */
  List<CatalogModel> models();

  /** The model of that id or alias. */
  Optional<CatalogModel> find(String idOrAlias);

  /** The name closest to one that does not exist. */
  Optional<String> nearest(String name);
}
