package dev.parley.hub.routing;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.registry.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Plans calls: what cannot do the job is left out, then the operator's order counts, with backends
 * that are down moved to the end.
 */
public final class Router {

  private Router() {}

  /** Fails with NotFound, CapabilityMissing, NoHealthyBackend or InvalidRequest. */
  public static Plan plan(CallKind kind, CallHead head, RegistrySnapshot registry) {
    String name = nameOf(kind, head, registry);
    ServedModel model =
        registry.find(name).orElseThrow(() -> new HubException(unknown(name, registry)));
    List<Plan.Step> usable = new ArrayList<>();
    List<Plan.Step> down = new ArrayList<>();
    List<Plan.Rejection> rejected = new ArrayList<>();
    for (var served : model.targets()) {
      RegisteredBackend backend = served.backend();
      Target target = new Target(backend.id(), served.model().id());
      String missing = missing(kind, head, served.model(), backend);
      if (!missing.isEmpty()) {
        rejected.add(new Plan.Rejection(target, missing));
      } else if (backend.isUsable()) {
        usable.add(new Plan.Step(backend, target, "next in the operator's order"));
      } else {
        down.add(new Plan.Step(backend, target, "down at the last probe; only if all others fail"));
      }
    }
    usable.addAll(down);
    if (usable.isEmpty()) {
      throw new HubException(cannot(name, rejected));
    }
    return new Plan(usable, rejected);
  }

  private static String nameOf(CallKind kind, CallHead head, RegistrySnapshot registry) {
    if (!head.model().isEmpty()) {
      return head.model();
    }
    return registry
        .defaultModel(kind.capability())
        .orElseThrow(() ->
            new HubException(
                new HubError.InvalidRequest(
                    "model",
                    "missing",
                    "the name of a model (GET /v1/models lists them; this hub has no default"
                        + " for "
                        + kind.wireName()
                        + ")")));
  }

  /** A name that nobody knows may belong to a backend that could not be asked yet. */
  private static HubError unknown(String name, RegistrySnapshot registry) {
    List<String> uncharted = registry.uncharted().stream().map(RegisteredBackend::id).toList();
    if (!uncharted.isEmpty() && registry.nearest(name).isEmpty()) {
      return new HubError.NoHealthyBackend(name, uncharted, Duration.ofSeconds(5));
    }
    return new HubError.NotFound(HubError.NotFound.Kind.MODEL, name, registry.nearest(name));
  }

  private static String missing(
      CallKind kind, CallHead head, ModelInfo model, RegisteredBackend backend) {
    boolean able =
        switch (kind) {
          case CHAT -> backend.backend().chat().isPresent();
          case COMPLETION -> backend.backend().completion().isPresent();
          case EMBEDDING -> backend.backend().embedding().isPresent();
        };
    boolean told =
        model.capabilities().isEmpty() || model.capabilities().contains(kind.capability());
    if (!able || !told) {
      return "no capability " + kind.wireName();
    }
    String input = absent(head.inputs(), model.inputs());
    if (!input.isEmpty()) {
      return "no " + input + " input";
    }
    String output = absent(head.outputs(), model.outputs());
    return output.isEmpty() ? "" : "no " + output + " output";
  }

  /** The first modality that is wanted and not there; an empty list of abilities means unknown. */
  private static String absent(Set<Modality> wanted, Set<Modality> there) {
    if (there.isEmpty()) {
      return "";
    }
    for (Modality modality : Modality.values()) {
      if (wanted.contains(modality) && !there.contains(modality)) {
        return modality.wireName();
      }
    }
    return "";
  }

  private static HubError cannot(String name, List<Plan.Rejection> rejected) {
    String reasons =
        rejected.isEmpty()
            ? "it has no target"
            : String.join("; ", rejected.stream().map(Plan.Rejection::reason).distinct().toList());
    return new HubError.CapabilityMissing(
        name, reasons, "GET /v1/models shows what each model can do");
  }
}
