package dev.parley.hub.edge.recognition;

import dev.parley.hub.recognition.order.RecognitionOrder;

/**
 * A request, read.
 *
 * @param reply what the answer looks like
 */
record RecognitionRequest(RecognitionOrder order, Reply reply) {}
