package dev.parley.hub.bench.sheet;

/** A file or a program that a row needs is not on this machine. */
public final class NotHere extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;

  public NotHere(String what) {
    super(what);
    this.what = what;
  }

  /** What is missing, for people. */
  public String what() {
    return what;
  }
}
