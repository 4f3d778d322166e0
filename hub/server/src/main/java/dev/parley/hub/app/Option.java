package dev.parley.hub.app;

/**
 * A {@code --name} that a command takes.
 *
 * @param name without the dashes
 * @param value what its value is called in the help; empty for one without a value
 * @param help one line
 * @param many whether it may be given again, and its value be several between commas
 */
record Option(String name, String value, String help, boolean many) {

  /** One that may be given once. */
  Option(String name, String value, String help) {
    this(name, value, help, false);
  }

  /** One that may be given again and again. */
  static Option many(String name, String value, String help) {
    return new Option(name, value, help, true);
  }

  static final Option CONFIG =
      new Option("config", "FILE", "the configuration; without it ./hub.yaml where there is one");
  static final Option HELP = new Option("help", "", "this text");

  boolean takesValue() {
    return !value.isEmpty();
  }

  /** As the help shows it. */
  String shown() {
    return "--" + name + (takesValue() ? " " + value : "");
  }
}
