package dev.parley.hub.app;

import dev.parley.hub.config.ConfigException;
import java.util.List;

/** A word of the command line. */
interface Command {

  String name();

  /** One line for the list of commands. */
  String summary();

  /** What to know before using it, in a few lines, examples included. */
  String lesson();

  List<Option> options();

  /** How many plain words it takes. */
  default int wordsMax() {
    return 0;
  }

  /** Whether the help lists it. */
  default boolean isListed() {
    return true;
  }

  /** Does it and returns the exit code. */
  int run(Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException;
}
