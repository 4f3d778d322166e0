package dev.parley.hub.registry;

import dev.parley.core.model.Capability;
import dev.parley.core.spi.BackendStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Shows what is served as callers see it. */
final class CatalogModels {

  private static final Set<Capability> STREAMED =
      EnumSet.of(Capability.CHAT, Capability.COMPLETION, Capability.TTS, Capability.STT);

  private CatalogModels() {}

  static CatalogModel of(ServedModel model) {
    return new CatalogModel(
        model.name(),
        List.of(),
        model.info().ownedBy(),
        model.info().createdSeconds(),
        model.info().capabilities(),
        model.info().inputs(),
        model.info().outputs(),
        model.info().languages(),
        model.info().contextLength(),
        model.targets().stream().map(target -> target.backend().id()).distinct().toList(),
        model.info().capabilities().stream().anyMatch(STREAMED::contains),
        state(model));
  }

  /** The best state of any of its backends. */
  private static CatalogModel.State state(ServedModel model) {
    CatalogModel.State best = CatalogModel.State.FAILED;
    for (var target : model.targets()) {
      CatalogModel.State state =
          target.backend().status().map(CatalogModels::state).orElse(CatalogModel.State.UNKNOWN);
      best = state.compareTo(CatalogModel.State.FAILED) < 0 ? state : best;
      if (state == CatalogModel.State.REMOTE) {
        return state;
      }
    }
    return best;
  }

  private static CatalogModel.State state(BackendStatus status) {
    return switch (status) {
      case BackendStatus.Healthy _ -> CatalogModel.State.REMOTE;
      case BackendStatus.Loading _ -> CatalogModel.State.LOADING;
      case BackendStatus.Down _ -> CatalogModel.State.FAILED;
    };
  }
}
