package dev.parley.adapters.tei;

import dev.parley.adapters.dialect.Probe;
import dev.parley.adapters.dialect.RequestDocument;
import dev.parley.adapters.dialect.WholeReader;
import dev.parley.adapters.http.BackendClient;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.Embedder;
import dev.parley.core.spi.ModelInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** One TEI server. */
final class TeiBackend implements Backend {

  private final BackendClient client;

  /** What the server takes at once, once it was asked. */
  private volatile int batchMax = ServerInfo.BATCH_DEFAULT;

  private volatile boolean asked;

  TeiBackend(BackendClient client) {
    this.client = client;
  }

  @Override
  public BackendSpec spec() {
    return client.spec();
  }

  @Override
  public Optional<Embedder> embedding() {
    return Optional.of(this::embed);
  }

  private Flow.Publisher<DocumentEvent> embed(DocumentCall call, Target target) {
    return client.sequence(target, () -> parts(call, target), Batches::joined);
  }

  private List<Flow.Publisher<DocumentEvent>> parts(DocumentCall call, Target target) {
    JsonValue document = RequestDocument.prepare(call, target, TeiType.QUIRKS);
    long bytesMax = spec().responseBytesMax();
    List<Flow.Publisher<DocumentEvent>> parts = new ArrayList<>();
    for (Batches.Batch batch : Batches.of(document, batchMax)) {
      parts.add(
          client.exchange(
              call,
              target,
              "/v1/embeddings",
              batch::document,
              () ->
                  new BatchReader(
                      new WholeReader(call, target, TeiType.QUIRKS, bytesMax),
                      target,
                      batch.size())));
    }
    return parts;
  }

  /**
   * A server that is well is asked once what it takes, so that the first long list is cut right.
   */
  @Override
  public CompletableFuture<BackendStatus> probe() {
    return Probe.of(client, TeiType.QUIRKS.health())
        .thenCompose(status -> {
          if (asked || !(status instanceof BackendStatus.Healthy)) {
            return CompletableFuture.completedFuture(status);
          }
          return info().handle((_, _) -> status);
        });
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return info().thenApply(ServerInfo::models);
  }

  private CompletableFuture<ServerInfo> info() {
    return client
        .get("/info")
        .thenApply(answer -> {
          ServerInfo info = ServerInfo.read(spec().id(), answer);
          batchMax = info.batchMax();
          asked = true;
          return info;
        });
  }

  @Override
  public void close() {
    client.close();
  }
}
