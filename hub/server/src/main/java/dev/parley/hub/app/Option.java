package dev.parley.hub.app;

/**
 * A {@code --name} that a command takes.
 *
 * @param name without the dashes
 * @param value what its value is called in the help; empty for one without a value
 * @param help one line
 */
record Option(String name, String value, String help) {

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
