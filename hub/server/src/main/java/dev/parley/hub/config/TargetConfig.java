package dev.parley.hub.config;

/** One place that can answer for a model name. */
public sealed interface TargetConfig {

  WholeRange WEIGHT_RANGE = new WholeRange(1, 1_000);
  int WEIGHT_DEFAULT = 1;

  /** Share of the calls relative to the other targets. */
  int weight();

  /**
   * A model on a backend.
   *
   * @param backend id of a configured backend
   * @param model the backend's own name for the model
   */
  record Served(String backend, String model, int weight) implements TargetConfig {
    public Served {
      Names.requireBackend(backend);
      Names.requireModel(model);
      WEIGHT_RANGE.require("weight", weight);
    }
  }

  /** Whatever another name of the configuration leads to, planned by that name's own rules. */
  record Alias(String alias, int weight) implements TargetConfig {
    public Alias {
      Names.requireModel(alias);
      WEIGHT_RANGE.require("weight", weight);
    }
  }
}
