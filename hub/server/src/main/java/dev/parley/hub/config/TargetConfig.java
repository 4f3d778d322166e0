package dev.parley.hub.config;

/**
 * One place that can answer for a model name.
 *
 * @param backend id of a configured backend
 * @param model the backend's own name for the model
 * @param weight share of the calls relative to the other targets
 */
public record TargetConfig(String backend, String model, int weight) {

  public static final WholeRange WEIGHT_RANGE = new WholeRange(1, 1_000);
  public static final int WEIGHT_DEFAULT = 1;

  public TargetConfig {
    Names.requireBackend(backend);
    Names.requireModel(model);
    WEIGHT_RANGE.require("weight", weight);
  }
}
