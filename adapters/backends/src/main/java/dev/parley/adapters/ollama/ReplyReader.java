package dev.parley.adapters.ollama;

import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.http.JsonBody;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;

/** Reads the whole answer of a chat call that does not stream. */
final class ReplyReader implements DocumentReader {

  private final Failures failures;
  private final Translation translation;
  private final JsonBody body;

  ReplyReader(DocumentCall call, Target target, long bytesMax) {
    this.failures = new Failures(target);
    this.translation = new Translation(call, target);
    this.body = new JsonBody(target, bytesMax);
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<DocumentEvent> sink) {
    body.add(bytes, from, to);
  }

  @Override
  public void end(Sink<DocumentEvent> sink) {
    JsonValue reply = body.object();
    failures.check(reply);
    if (!Translation.isDone(reply)) {
      throw failures.failed("its answer does not say that it is done");
    }
    sink.event(new DocumentEvent.Whole(translation.whole(reply), Translation.counts(reply)));
    sink.complete();
  }
}
