package dev.parley.hub.edge.speech;

import dev.parley.core.speech.SpeechText;
import dev.parley.hub.speech.SpeechOrder;

/**
 * A document, read.
 *
 * @param framing what the answer looks like
 */
record SpokenRequest(SpeechOrder order, SpeechText text, Framing framing) {}
