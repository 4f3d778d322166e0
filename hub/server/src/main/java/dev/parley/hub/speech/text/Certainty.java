package dev.parley.hub.speech.text;

/** An answer about a text of which more may follow. */
enum Certainty {
  YES,
  NO,
  /** It depends on what follows. */
  OPEN;

  static Certainty of(boolean yes) {
    return yes ? YES : NO;
  }
}
