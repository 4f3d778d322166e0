package dev.parley.core.spi;

import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.util.concurrent.Flow;

/** The ability to turn texts into vectors. */
public interface Embedder {

  /**
   * Sends an embedding call; the contract is that of {@link ChatModel#chat}. The answer is one
   * {@link DocumentEvent.Whole} in OpenAI's form, entries ordered by {@code index}; its vectors may
   * be numbers or base64, whichever the backend gives: the edge makes them what the caller asked
   * for.
   */
  Flow.Publisher<DocumentEvent> embed(DocumentCall call, Target target);
}
