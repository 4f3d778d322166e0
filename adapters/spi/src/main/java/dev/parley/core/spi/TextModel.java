package dev.parley.core.spi;

import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.util.concurrent.Flow;

/** The ability to continue a text ({@code /v1/completions}). */
public interface TextModel {

  /** Sends a completion call; the contract is that of {@link ChatModel#chat}. */
  Flow.Publisher<DocumentEvent> complete(DocumentCall call, Target target);
}
