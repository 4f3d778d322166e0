package dev.parley.hub.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration with mistakes: all of them, in the order of the file. */
public final class ConfigException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one. */
  public List<Problem> problems() {
    return problems;
  }
}
