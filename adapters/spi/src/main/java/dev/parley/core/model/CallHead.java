package dev.parley.core.model;

import java.util.Set;

/**
 * The parsed head of a document: what routing and the stream's plumbing need to know. Everything
 * else stays in the document, untouched.
 *
 * @param model the model name that the caller used
 * @param stream whether deltas were asked for
 * @param includeUsage whether the caller asked for the usage chunk of a stream
 * @param inputs kinds of content found in the messages; always has TEXT
 * @param outputs kinds of content asked for
 * @param link where the first http or https URL of the messages' parts stands; empty when there is
 *     none
 */
public record CallHead(
    String model,
    boolean stream,
    boolean includeUsage,
    Set<Modality> inputs,
    Set<Modality> outputs,
    String link) {

  public CallHead {
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
  }

  /** One that links to nothing. */
  public CallHead(
      String model,
      boolean stream,
      boolean includeUsage,
      Set<Modality> inputs,
      Set<Modality> outputs) {
    this(model, stream, includeUsage, inputs, outputs, "");
  }
}
