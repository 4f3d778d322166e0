package dev.parley.hub.fake;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Short forms of configurations and model descriptions. */
public final class Fakes {

  private Fakes() {}

  /** Reads YAML in which the backend types {@code fake} and {@code lost} are known. */
  public static HubConfig config(String yaml) {
    try {
      return ConfigReader.parse(yaml, "hub.yaml", Set.of("fake", "lost"), _ -> null);
    } catch (ConfigException e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }

  /** A model of which only the name is known. */
  public static ModelInfo model(String id) {
    return model(id, Set.of(), Set.of());
  }

  public static ModelInfo model(String id, Set<Capability> capabilities, Set<Modality> inputs) {
    return new ModelInfo(id, "", 0, capabilities, inputs, Set.of(), OptionalInt.empty(), List.of());
  }
}
