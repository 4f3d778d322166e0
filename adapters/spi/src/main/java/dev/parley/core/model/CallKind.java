package dev.parley.core.model;

/** The calls whose content is a JSON document of OpenAI's dialect. */
public enum CallKind {
  /** {@code /v1/chat/completions}. */
  CHAT(Capability.CHAT),
  /** {@code /v1/completions}. */
  COMPLETION(Capability.COMPLETION),
  /** {@code /v1/embeddings}. */
  EMBEDDING(Capability.EMBEDDING);

  private final Capability capability;

  CallKind(Capability capability) {
    this.capability = capability;
  }

  /** What a model must be able to do to serve such a call. */
  public Capability capability() {
    return capability;
  }

  /** Lower-case name for logs and metrics. */
  public String wireName() {
    return capability.wireName();
  }
}
