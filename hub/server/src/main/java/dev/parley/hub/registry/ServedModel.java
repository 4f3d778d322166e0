package dev.parley.hub.registry;

import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.ConditionsConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.config.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * A name that callers can use, with everything behind it resolved, so that planning a call looks up
 * nothing. Immutable.
 *
 * @param name the name
 * @param kind whether the operator made the name or a backend brought it
 * @param info what is known of the model behind it
 * @param targets everywhere a call by this name can come to, each once, in the operator's order
 * @param alias what the operator wrote; empty for a backend's own name
 * @param route where calls go that no rule takes
 * @param rules other ways for certain calls, asked in order
 */
public record ServedModel(
    String name,
    Kind kind,
    ModelInfo info,
    List<ServedTarget> targets,
    Optional<ModelConfig> alias,
    Route route,
    List<Rule> rules) {

  /** Where a name comes from. */
  public enum Kind {
    ALIAS,
    BACKEND_MODEL
  }

  public ServedModel {
    targets = List.copyOf(targets);
    rules = List.copyOf(rules);
  }

  /**
   * A model on one backend, with what that backend can do with it.
   *
   * @param target its name in logs and answers
   * @param price what the operator says that it costs
   */
  public record ServedTarget(
      RegisteredBackend backend, ModelInfo model, Target target, PriceConfig price) {}

  /** Ways for a call, in the operator's order, and what decides which is tried first. */
  public record Route(Strategy strategy, List<Way> ways) {
    public Route {
      ways = List.copyOf(ways);
    }
  }

  /**
   * The route of certain calls.
   *
   * @param when which calls
   * @param words the same for people, such as {@code rule 2: size up to 10MiB}
   */
  public record Rule(ConditionsConfig when, String words, Route route) {}

  /** One way that a call can take. */
  public sealed interface Way {

    /** Share of the calls relative to the other ways. */
    int weight();

    /** Straight to a target. */
    record Direct(ServedTarget target, int weight) implements Way {}

    /** Whatever another name leads to, planned by that name's own rules. */
    record Through(ServedModel model, int weight) implements Way {}
  }
}
