package dev.parley.hub.config;

import java.util.List;

/**
 * What a server says of itself when it is asked.
 *
 * @param type one of the backend types that the program knows
 * @param models the models that it lists, in its order; empty when it has no such list
 */
public record ServerFacts(String type, List<String> models) {

  /** Most models that count. */
  public static final int MODELS_MAX = 64;

  public ServerFacts {
    models = models.stream().filter(Names::isModel).distinct().limit(MODELS_MAX).toList();
  }
}
