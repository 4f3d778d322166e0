package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One pass over one file: what it may refer to, and what was noted on the way. */
final class Reading {

  private static final int PROBLEMS_MAX = 100;

  private final String file;
  private final Set<String> backendTypes;
  private final Function<String, @Nullable String> environment;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Origin> origins = new HashMap<>();
  private int unlisted;

  Reading(String file, Set<String> backendTypes, Function<String, @Nullable String> environment) {
    this.file = file;
    this.backendTypes = backendTypes;
    this.environment = environment;
  }

  Set<String> backendTypes() {
    return backendTypes;
  }

  EnvironmentText expand(String raw) {
    return EnvironmentText.of(raw, environment);
  }

  void problem(int line, String keyPath, String found, String allowed) {
    problem(line, keyPath, found, allowed, Optional.empty());
  }

  void problem(int line, String keyPath, String found, String allowed, Optional<String> nearest) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new Problem(file, line, keyPath, found, allowed, nearest));
    } else {
      unlisted++;
    }
  }

  void origin(String path, Origin origin) {
    origins.put(path, origin);
  }

  Origins origins() {
    return new Origins(file, origins);
  }

  boolean hasProblems() {
    return !problems.isEmpty();
  }

  void throwProblems() throws ConfigException {
    if (problems.isEmpty()) {
      return;
    }
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparingInt(Problem::line));
    if (unlisted > 0) {
      String found = unlisted + " more problems";
      sorted.add(new Problem(file, 0, "", found, "those above mended first", Optional.empty()));
    }
    throw new ConfigException(sorted);
  }
}
