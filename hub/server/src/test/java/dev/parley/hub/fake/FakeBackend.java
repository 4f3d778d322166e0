package dev.parley.hub.fake;

import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ChatModel;
import dev.parley.core.spi.Embedder;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.TextModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A backend that does and says what the test wants. Thread-safe as long as a test sets it up first.
 */
public final class FakeBackend implements Backend {

  private final BackendSpec spec;
  private volatile boolean closed;
  private volatile boolean embeds = true;
  private volatile Supplier<CompletableFuture<BackendStatus>> probe =
      () -> CompletableFuture.completedFuture(new BackendStatus.Healthy(""));
  private volatile CompletableFuture<List<ModelInfo>> models =
      CompletableFuture.completedFuture(List.of());
  private volatile Function<DocumentCall, Flow.Publisher<DocumentEvent>> answers =
      _ -> new ScriptedAnswer();

  FakeBackend(BackendSpec spec) {
    this.spec = spec;
  }

  public void is(BackendStatus status) {
    probe = () -> CompletableFuture.completedFuture(status);
  }

  public void probesWith(Supplier<CompletableFuture<BackendStatus>> next) {
    probe = next;
  }

  public void lists(ModelInfo... listed) {
    models = CompletableFuture.completedFuture(List.of(listed));
  }

  public void failsToList(Throwable failure) {
    models = CompletableFuture.failedFuture(failure);
  }

  public void cannotEmbed() {
    embeds = false;
  }

  public void answers(Function<DocumentCall, Flow.Publisher<DocumentEvent>> next) {
    answers = next;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public BackendSpec spec() {
    return spec;
  }

  @Override
  public Optional<ChatModel> chat() {
    return Optional.of((call, _) -> answers.apply(call));
  }

  @Override
  public Optional<TextModel> completion() {
    return Optional.of((call, _) -> answers.apply(call));
  }

  @Override
  public Optional<Embedder> embedding() {
    return embeds ? Optional.of((call, _) -> answers.apply(call)) : Optional.empty();
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    return probe.get();
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return models;
  }

  @Override
  public void close() {
    closed = true;
  }
}
