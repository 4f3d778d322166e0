package dev.parley.core.speech;

/** What is to be spoken. Never empty. */
public sealed interface SpeechText {

  /** The text as it was written. */
  String text();

  /** Plain text. */
  record Plain(String text) implements SpeechText {}

  /** A whole SSML document. */
  record Ssml(String text) implements SpeechText {}
}
