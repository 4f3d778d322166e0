package dev.parley.adapters.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.core.model.DocumentEvent;

/** Reads answers to documents. */
public interface DocumentReader extends BodyReader<DocumentEvent> {

  /** What the backend says that it answers with; empty when it does not say. */
  default void opened(String contentType) {}

  @Override
  default void opened(ResponseHeaders head, Sink<DocumentEvent> sink) {
    opened(head.get(HttpHeaderNames.CONTENT_TYPE, ""));
    sink.event(new DocumentEvent.Opened(AnswerHeaders.worthKeeping(head)));
  }
}
