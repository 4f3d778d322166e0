package dev.parley.hub.speech.text;

/** What follows a piece of a text, and so how a speaker would pause after it. */
public enum Pause {
  /** The same clause goes on: the piece was cut because it was too long or nobody wrote on. */
  NONE,
  /** The same sentence goes on. */
  CLAUSE,
  /** A new sentence, an item of a list, or the end of the text. */
  SENTENCE,
  /** A new paragraph. */
  PARAGRAPH
}
