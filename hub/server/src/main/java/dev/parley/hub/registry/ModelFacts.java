package dev.parley.hub.registry;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.BackendModelConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what the operator says of a model, what its backend says, and what is usual. */
final class ModelFacts {

  private ModelFacts() {}

  /** The operator's word counts; what he left out is the backend's to say. */
  static ModelInfo merge(BackendModelConfig wanted, @Nullable ModelInfo told) {
    ModelInfo other =
        told == null
            ? new ModelInfo(
                wanted.id(), "", 0, Set.of(), Set.of(), Set.of(), OptionalInt.empty(), List.of())
            : told;
    return new ModelInfo(
        wanted.id(),
        other.ownedBy(),
        other.createdSeconds(),
        or(wanted.capabilities(), other.capabilities()),
        or(wanted.inputModalities(), other.inputs()),
        or(wanted.outputModalities(), other.outputs()),
        wanted.contextLength().isPresent() ? wanted.contextLength() : other.contextLength(),
        wanted.languages().isEmpty() ? other.languages() : wanted.languages());
  }

  /** Fills in the capabilities that are usual for such a backend when nobody named any. */
  static ModelInfo withDefaults(ModelInfo model, Set<Capability> usual) {
    if (!model.capabilities().isEmpty()) {
      return model;
    }
    return new ModelInfo(
        model.id(),
        model.ownedBy(),
        model.createdSeconds(),
        usual,
        model.inputs(),
        model.outputs(),
        model.contextLength(),
        model.languages());
  }

  /** One model on several backends: it can do what any of them can. */
  static ModelInfo union(String id, List<ModelInfo> parts) {
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    Set<Modality> inputs = EnumSet.noneOf(Modality.class);
    Set<Modality> outputs = EnumSet.noneOf(Modality.class);
    int context = 0;
    for (ModelInfo part : parts) {
      capabilities.addAll(part.capabilities());
      inputs.addAll(part.inputs());
      outputs.addAll(part.outputs());
      context = Math.max(context, part.contextLength().orElse(0));
    }
    Optional<ModelInfo> first = parts.stream().findFirst();
    return new ModelInfo(
        id,
        first.map(ModelInfo::ownedBy).orElse(""),
        first.map(ModelInfo::createdSeconds).orElse(0L),
        capabilities,
        inputs,
        outputs,
        context == 0 ? OptionalInt.empty() : OptionalInt.of(context),
        first.map(ModelInfo::languages).orElse(List.of()));
  }

  private static <T> Set<T> or(Set<T> said, Set<T> otherwise) {
    return said.isEmpty() ? otherwise : said;
  }
}
