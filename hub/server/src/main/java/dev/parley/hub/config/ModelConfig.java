package dev.parley.hub.config;

import java.util.List;

/** A name that callers use, and the targets behind it, in the order of the file. */
public record ModelConfig(String id, List<TargetConfig> targets) {

  public static final int TARGETS_MAX = 64;

  public ModelConfig {
    Names.requireModel(id);
    targets = List.copyOf(targets);
    if (targets.isEmpty() || targets.size() > TARGETS_MAX) {
      throw new IllegalArgumentException("model " + id + " needs 1.." + TARGETS_MAX + " targets");
    }
  }
}
