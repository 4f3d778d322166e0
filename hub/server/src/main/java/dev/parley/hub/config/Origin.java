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

  /** The value of this environment variable, or what it stands for, without a file. */
  record Variable(String name) implements Origin {}

  /** The server at the address says so itself. */
  record Told() implements Origin {}
}
