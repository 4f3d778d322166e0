package dev.parley.hub.bench.kernels;

/** A file or a program that a row needs is not on this machine. */
final class NotHere extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;

  NotHere(String what) {
    super(what);
    this.what = what;
  }

  /** What is missing, for people. */
  String what() {
    return what;
  }
}
