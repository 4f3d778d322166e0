package dev.parley.hub.media.model;

/** Whether a file of a model can be used. */
public sealed interface ModelState {

  /** It is there and is what was published. */
  record Present() implements ModelState {}

  /** It is not there. */
  record Missing() implements ModelState {}

  /** Something else is there; {@code why} names the file, what was expected and what was found. */
  record Damaged(String why) implements ModelState {}
}
