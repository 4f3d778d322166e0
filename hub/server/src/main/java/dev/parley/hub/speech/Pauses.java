package dev.parley.hub.speech;

import dev.parley.hub.speech.text.Pause;

/** How long a reader rests. Read-aloud speech rests about so long at its usual pace. */
final class Pauses {

  private Pauses() {}

  static int millis(Pause pause) {
    return switch (pause) {
      case NONE -> 30;
      case CLAUSE -> 120;
      case SENTENCE -> 300;
      case PARAGRAPH -> 600;
    };
  }
}
