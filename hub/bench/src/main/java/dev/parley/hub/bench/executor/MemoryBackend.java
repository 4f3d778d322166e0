package dev.parley.hub.bench.executor;

import dev.parley.core.model.Capability;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.BackendType;
import dev.parley.core.spi.ChatModel;
import dev.parley.core.spi.Embedder;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.TextModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** A backend without a network: every chat is answered with the events that are set. */
record MemoryBackend(BackendSpec spec, Type type) implements Backend, ChatModel {

  static final String TYPE = "memory";

  /** The kind of server; its answer is that of all its backends. Belongs to one thread. */
  static final class Type implements BackendType {

    private MemoryAnswer answer = new MemoryAnswer(List.of());

    void answers(List<DocumentEvent> events) {
      answer = new MemoryAnswer(events);
    }

    @Override
    public String name() {
      return TYPE;
    }

    @Override
    public Set<Capability> defaultCapabilities() {
      return Set.of(Capability.CHAT);
    }

    @Override
    public Backend open(BackendSpec spec) {
      return new MemoryBackend(spec, this);
    }
  }

  @Override
  public Flow.Publisher<DocumentEvent> chat(DocumentCall call, Target target) {
    return type.answer;
  }

  @Override
  public Optional<ChatModel> chat() {
    return Optional.of(this);
  }

  @Override
  public Optional<TextModel> completion() {
    return Optional.empty();
  }

  @Override
  public Optional<Embedder> embedding() {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    return CompletableFuture.completedFuture(new BackendStatus.Healthy(""));
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public void close() {}
}
