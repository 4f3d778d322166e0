package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.edge.grpc.document.AnswerReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a document delta by delta. Token counts are kept back and told once, in the last message,
 * if the caller asked for them.
 *
 * @param <R> the response message
 */
final class DocumentAnswers<R> implements EventReply.Answers<DocumentEvent, R> {

  private final ServiceRequestContext ctx;
  private final AnswerReader<R> reader;
  private final boolean includeUsage;

  /** The newest message that had token counts. */
  private @Nullable R counted;

  DocumentAnswers(ServiceRequestContext ctx, AnswerReader<R> reader, boolean includeUsage) {
    this.ctx = ctx;
    this.reader = reader;
    this.includeUsage = includeUsage;
  }

  @Override
  public void tell(DocumentEvent event, Consumer<R> caller) {
    switch (event) {
      case DocumentEvent.Opened(var headers) -> AnswerHeaders.add(ctx, headers);
      case DocumentEvent.Whole(var body, _) -> tell(reader.read(body), false, caller);
      case DocumentEvent.Chunks(var chunks) -> {
        for (Chunk chunk : chunks) {
          tell(reader.read(chunk.json()), chunk.kind() == Chunk.Kind.USAGE, caller);
        }
      }
    }
  }

  private void tell(R delta, boolean onlyCounts, Consumer<R> caller) {
    if (reader.hasUsage(delta)) {
      counted = delta;
    }
    R rest = reader.withoutUsage(delta);
    if (!(onlyCounts && reader.saysNothing(rest))) {
      caller.accept(rest);
    }
  }

  @Override
  public void end(Consumer<R> caller) {
    if (counted != null && includeUsage) {
      caller.accept(reader.usageOnly(counted));
    }
  }

  /** What follows a failure is told by whoever executes the call, who knows what was heard. */
  @Override
  public boolean isOutput(DocumentEvent event) {
    return false;
  }
}
