package dev.parley.core.spi;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model as a backend offers it.
 *
 * @param id the name that the backend knows it by
 * @param ownedBy who made it or serves it; may be empty
 * @param createdSeconds Unix seconds, 0 when unknown
 * @param capabilities what it can do; empty when nobody said
 * @param inputs kinds of content it reads; empty when nobody said
 * @param outputs kinds of content it makes; empty when nobody said
 * @param contextLength tokens that fit in one call
 * @param languages BCP 47 tags; empty means not limited or unknown
 */
public record ModelInfo(
    String id,
    String ownedBy,
    long createdSeconds,
    Set<Capability> capabilities,
    Set<Modality> inputs,
    Set<Modality> outputs,
    OptionalInt contextLength,
    List<String> languages) {

  public ModelInfo {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("model id must not be empty");
    }
    capabilities = Set.copyOf(capabilities);
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
    languages = List.copyOf(languages);
  }
}
