package dev.parley.core.spi;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.util.Optional;
import java.util.concurrent.Flow;

/** The ability to hold a conversation. */
public interface ChatModel {

  /**
   * Sends a chat call to a model of this backend. Nothing happens before the returned publisher is
   * subscribed to, and it may be subscribed to once. Cancelling the subscription, in any phase,
   * ends the backend's work at once. Fails with a {@link dev.parley.core.error.HubException} only.
   */
  Flow.Publisher<DocumentEvent> chat(DocumentCall call, Target target);

  /**
   * The document that makes this server take up an answer that broke off, as if it had written
   * {@code prefix} itself; what it then sends is the rest alone. Empty when this server cannot, or
   * when it cannot for this document.
   *
   * @param prefix the answer so far, never empty
   */
  default Optional<JsonValue> continued(DocumentCall call, String prefix) {
    return Optional.empty();
  }
}
