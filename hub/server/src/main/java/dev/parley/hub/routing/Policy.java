package dev.parley.hub.routing;

import dev.parley.hub.config.HedgeConfig;
import dev.parley.hub.config.ModelConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator wants of calls by the name that was asked for, whichever target serves them.
 *
 * @param holdBack how long the first content of a stream waits for the next
 * @param continueBroken whether an answer that breaks off is finished by another target
 * @param hedge a second attempt beside a slow first one
 */
public record Policy(Duration holdBack, boolean continueBroken, Optional<HedgeConfig> hedge) {

  /** Of a name that the operator said nothing about. */
  public static final Policy DEFAULT =
      new Policy(ModelConfig.HOLD_BACK_DEFAULT, false, Optional.empty());

  static Policy of(Optional<ModelConfig> alias) {
    return alias
        .map(config -> new Policy(config.holdBack(), config.continueBroken(), config.hedge()))
        .orElse(DEFAULT);
  }
}
