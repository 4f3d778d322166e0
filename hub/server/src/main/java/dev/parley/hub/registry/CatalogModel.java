package dev.parley.hub.registry;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model as callers see it, whichever backends serve it.
 *
 * @param id name to call it by; may hold {@code /}
 * @param aliases further names of it
 * @param ownedBy who made or runs it; may be empty
 * @param createdSeconds Unix seconds, 0 when unknown
 * @param capabilities what it can do
 * @param inputs kinds of content it takes; empty when nobody said
 * @param outputs kinds of content it gives; empty when nobody said
 * @param languages BCP 47 tags; empty when not stated
 * @param contextLength tokens that input and output share
 * @param backends ids of the backends that serve it
 * @param streams whether it gives its output piece by piece
 * @param state where it is in its life
 */
public record CatalogModel(
    String id,
    List<String> aliases,
    String ownedBy,
    long createdSeconds,
    Set<Capability> capabilities,
    Set<Modality> inputs,
    Set<Modality> outputs,
    List<String> languages,
    OptionalInt contextLength,
    List<String> backends,
    boolean streams,
    State state) {

  /** Where a model is in its life, as far as the hub can tell of a remote one. */
  public enum State {
    UNKNOWN,
    /** Served by another machine. */
    REMOTE,
    /** On its way into memory. */
    LOADING,
    /** In memory, answering. */
    READY,
    /** Nobody can serve it. */
    FAILED
  }

  public CatalogModel {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("model id must not be empty");
    }
    aliases = List.copyOf(aliases);
    capabilities = Set.copyOf(capabilities);
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
    languages = List.copyOf(languages);
    backends = List.copyOf(backends);
  }
}
