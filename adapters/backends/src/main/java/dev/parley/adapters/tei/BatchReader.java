package dev.parley.adapters.tei;

import dev.parley.adapters.http.DocumentReader;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.util.OptionalInt;

/** Checks that an answer has as many vectors as were asked for: joined, the rest would shift. */
record BatchReader(DocumentReader reader, Target target, int size) implements DocumentReader {

  @Override
  public void opened(String contentType) {
    reader.opened(contentType);
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<DocumentEvent> sink) {
    reader.read(bytes, from, to, sink);
  }

  @Override
  public void end(Sink<DocumentEvent> sink) {
    reader.end(new Counting(sink));
  }

  private final class Counting implements Sink<DocumentEvent> {
    private final Sink<DocumentEvent> sink;

    Counting(Sink<DocumentEvent> sink) {
      this.sink = sink;
    }

    @Override
    public void event(DocumentEvent event) {
      if (event instanceof DocumentEvent.Whole(var body, _)) {
        check(body);
      }
      sink.event(event);
    }

    private void check(JsonValue body) {
      int found = 0;
      JsonValue data = body.get("data");
      if (data != null && data.isArray()) {
        for (JsonValue entry : data.elements()) {
          found += entry.isObject() ? 1 : 0;
        }
      }
      if (found != size) {
        String detail = "its answer has " + found + " vectors for " + size + " inputs";
        throw new HubException(
            new HubError.BackendFailed(
                target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
      }
    }

    @Override
    public void nearlyComplete() {
      sink.nearlyComplete();
    }

    @Override
    public void complete() {
      sink.complete();
    }
  }
}
