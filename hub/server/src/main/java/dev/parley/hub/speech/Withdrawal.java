package dev.parley.hub.speech;

import dev.parley.core.spi.Synthesizer;
import dev.parley.core.spi.VoiceKeeper;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.voice.Placement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has backends delete recordings that no voice of the library needs any more, where they can. */
final class Withdrawal {

  private static final Logger log = LoggerFactory.getLogger(Withdrawal.class);

  private final Registry registry;

  Withdrawal(Registry registry) {
    this.registry = registry;
  }

  void of(List<Placement> placements) {
    for (Placement placement : placements) {
      registry
          .snapshot()
          .backend(placement.backend())
          .map(RegisteredBackend::backend)
          .flatMap(backend -> backend.speech().flatMap(Synthesizer::keeper))
          .ifPresent(keeper -> forget(keeper, placement));
    }
  }

  private static void forget(VoiceKeeper keeper, Placement placement) {
    var _ =
        keeper
            .forget(placement.name())
            .whenComplete((deleted, failure) -> {
              if (failure != null) {
                log.warn(
                    "backend {} still has the recordings of a deleted voice: {}",
                    placement.backend(),
                    failure.getMessage());
              } else if (!deleted) {
                log.info(
                    "backend {} cannot delete recordings: those of a deleted voice stay there",
                    placement.backend());
              }
            });
  }
}
