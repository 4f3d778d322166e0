package dev.parley.hub.edge.audio;

import java.util.List;

/**
 * Which parts of a form are files.
 *
 * @param names of the parts, without {@code []}
 * @param filesMax how many there may be together
 * @param bytesMax the largest one
 * @param limit the name of that limit in messages
 * @param field what messages call them
 */
public record FileRule(
    List<String> names, int filesMax, long bytesMax, String limit, String field) {

  /** One part that is named {@code file}, as large as uploads may be. */
  static final FileRule ONE = new FileRule(List.of("file"), 1, Long.MAX_VALUE, "", "file");

  public FileRule {
    names = List.copyOf(names);
  }

  String expected() {
    return filesMax == 1
        ? "one part named " + String.join(" or ", names)
        : "1.." + filesMax + " parts named " + String.join(" or ", names);
  }
}
