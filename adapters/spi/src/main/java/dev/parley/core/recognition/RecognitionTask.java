package dev.parley.core.recognition;

/** What is wanted of speech. */
public enum RecognitionTask {
  /** What was said, in its own language. */
  TRANSCRIBE,
  /** What was said, in English. */
  TRANSLATE,
  /** Only which language it is. */
  DETECT_LANGUAGE
}
