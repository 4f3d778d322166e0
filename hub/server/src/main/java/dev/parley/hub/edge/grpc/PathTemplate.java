package dev.parley.hub.edge.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a transcoded route, such as {@code /v1/keys/{name}:rotate} or {@code
 * /v1/models/{id=**}}.
 *
 * @param names the fields that it sets, in their order
 */
record PathTemplate(Pattern pattern, List<String> names) {

  private static final Pattern BOUND = Pattern.compile("\\{([a-z_.]+)(=\\*\\*)?}");

  static PathTemplate of(String path) {
    List<String> names = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    Matcher bound = BOUND.matcher(path);
    int from = 0;
    while (bound.find()) {
      pattern.append(Pattern.quote(path.substring(from, bound.start())));
      pattern.append(bound.group(2) == null ? "[^/]+" : ".+");
      names.add(bound.group(1));
      from = bound.end();
    }
    pattern.append(Pattern.quote(path.substring(from)));
    return new PathTemplate(Pattern.compile(pattern.toString()), List.copyOf(names));
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }
}
