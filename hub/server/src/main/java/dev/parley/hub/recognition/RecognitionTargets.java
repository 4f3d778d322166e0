package dev.parley.hub.recognition;

import dev.parley.core.model.Amounts;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Traits;
import dev.parley.core.time.Clock;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Router;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Where the operator's names lead, now. Thread-safe. */
record RecognitionTargets(Registry registry, Clock clock, RandomGenerator random) {

  /**
   * Best first.
   *
   * @param languages to expect, as tags
   * @param amounts what is known of the sound
   * @throws dev.parley.core.error.HubException when the call cannot be planned
   */
  List<Plan.Step> steps(
      RecognitionWish wish, List<String> languages, boolean stream, Amounts amounts) {
    long now = clock.nanoTime();
    Traits traits =
        new Traits(
            Capability.STT,
            wish.model(),
            stream,
            Set.of(Modality.AUDIO),
            Set.of(Modality.TEXT),
            languages.size() == 1 ? languages.getFirst() : "",
            "",
            amounts,
            wish.caller());
    return Router.plan(
            traits,
            registry.snapshot(),
            (backend, target) -> backend.vitals(target.model(), now),
            random.nextDouble())
        .chosen();
  }
}
