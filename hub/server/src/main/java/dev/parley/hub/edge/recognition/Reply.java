package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.HttpData;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.Optional;
import java.util.function.Function;

/** What an answer looks like. For one answer. */
sealed interface Reply {

  /**
   * One body at the end.
   *
   * @param contentType as it is sent
   * @param write may take some milliseconds for hours of speech
   */
  record Whole(String contentType, Function<RecognizedEvent.Written, byte[]> write)
      implements Reply {}

  /** Server-sent events. */
  non-sealed interface Events extends Reply {

    /** What is sent for an event; empty: nothing. */
    Optional<HttpData> event(RecognizedEvent event);

    /** What ends a stream that failed. */
    HttpData failure(ErrorView view);
  }
}
