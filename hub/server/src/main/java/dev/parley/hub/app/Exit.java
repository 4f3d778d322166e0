package dev.parley.hub.app;

/** What the program leaves behind for scripts. */
final class Exit {

  static final int FINE = 0;
  static final int FAILED = 1;

  /** Wrong usage or a wrong configuration. */
  static final int WRONG = 2;

  private Exit() {}
}
