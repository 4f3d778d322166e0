package dev.parley.hub.config;

import java.util.List;

/** Where an effective value comes from. */
public sealed interface Origin {

  /** Nobody set it. */
  record Default() implements Origin {}

  /** Written in the file, on this line counted from 1. */
  record InFile(int line) implements Origin {}

  /** Written in the file with these environment variables in it. */
  record Environment(List<String> variables, int line) implements Origin {
    public Environment {
      variables = List.copyOf(variables);
    }
  }
}
