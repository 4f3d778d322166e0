package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Names that lead to each other without end, or too far. */
sealed interface AliasFault {

  /** So many targets in a row may be aliases. */
  int DEPTH_MAX = 8;

  /** The names in their order, at least two. */
  List<String> names();

  /** The last name is the first again. */
  record Loop(List<String> names) implements AliasFault {}

  /** The first name leads over more than {@link #DEPTH_MAX} others to the last. */
  record TooDeep(List<String> names) implements AliasFault {}

  /** As messages show it, such as {@code a -> b -> a}. */
  default String path() {
    return Shown.escaped(String.join(" -> ", names()), 200);
  }

  /**
   * The loops, or where there is none the first names that lead too far.
   *
   * @param steps the names that each name refers to; unknown ones lead nowhere
   */
  static List<AliasFault> find(Map<String, List<String>> steps) {
    Walk walk = new Walk(steps);
    steps.keySet().forEach(name -> walk.visit(name, new LinkedHashSet<>()));
    return walk.loops.isEmpty() ? walk.tooDeep() : List.copyOf(walk.loops);
  }

  /** Visits each name once. A file has at most 1000 names, so the walk goes no deeper. */
  final class Walk {
    private final Map<String, List<String>> steps;
    private final Map<String, List<String>> longest = new HashMap<>();
    private final List<Loop> loops = new ArrayList<>();

    private Walk(Map<String, List<String>> steps) {
      this.steps = steps;
    }

    private List<String> visit(String name, SequencedSet<String> above) {
      List<String> known = longest.get(name);
      if (known != null) {
        return known;
      }
      if (!above.add(name)) {
        loops.add(loop(name, above));
        return List.of();
      }
      List<String> below = List.of();
      for (String next : steps.getOrDefault(name, List.of())) {
        List<String> way = visit(next, above);
        below = way.size() > below.size() ? way : below;
      }
      above.remove(name);
      List<String> way = new ArrayList<>(List.of(name));
      way.addAll(below);
      longest.put(name, way);
      return way;
    }

    private static Loop loop(String again, SequencedSet<String> above) {
      List<String> names = new ArrayList<>(above);
      names.subList(0, names.indexOf(again)).clear();
      names.add(again);
      return new Loop(names);
    }

    /** Names that are one step too far away; those that lead to them need no word of their own. */
    private List<AliasFault> tooDeep() {
      return steps.keySet().stream()
          .map(name -> longest.getOrDefault(name, List.of()))
          .filter(way -> way.size() == DEPTH_MAX + 2)
          .<AliasFault>map(TooDeep::new)
          .toList();
    }
  }
}
