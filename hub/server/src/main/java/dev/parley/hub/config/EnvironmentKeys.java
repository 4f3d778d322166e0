package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys that the environment gives: in {@code PARLEY_API_KEYS} and {@code OPENAI_API_KEYS}, between
 * commas, each {@code KEY}, {@code NAME=KEY} or {@code NAME:KEY}. They open the services, nothing
 * else.
 */
public final class EnvironmentKeys {

  /** The variables, in the order in which they are read. */
  static final List<String> VARIABLES = List.of("PARLEY_API_KEYS", "OPENAI_API_KEYS");

  private static final String ALLOWED =
      "KEY, NAME=KEY or NAME:KEY between commas; a key is " + StaticKeyConfig.SECRET_ALLOWED;

  private final List<StaticKeyConfig> keys;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> secrets = new HashSet<>();
  private int nameless;

  private EnvironmentKeys(List<StaticKeyConfig> before) {
    this.keys = new ArrayList<>(before);
    before.forEach(key -> {
      names.add(key.key().name());
      secrets.add(key.secret().value());
    });
  }

  /** The same access with these keys besides; one that is there already stays as it is. */
  public static AccessConfig with(
      AccessConfig access, Function<String, @Nullable String> environment) throws ConfigException {
    EnvironmentKeys read = new EnvironmentKeys(access.keys());
    for (String variable : VARIABLES) {
      String list = environment.apply(variable);
      if (list != null) {
        read.list(variable, list);
      }
    }
    if (!read.problems.isEmpty()) {
      throw new ConfigException(read.problems);
    }
    return access.withKeys(read.keys);
  }

  private void list(String variable, String list) {
    int item = 0;
    for (String text : list.split(",", -1)) {
      item++;
      if (!text.isBlank()) {
        item(variable + " item " + item, text.strip());
      }
    }
  }

  private void item(String at, String text) {
    int cut = cut(text);
    String name = cut < 0 ? "" : text.substring(0, cut);
    String secret = text.substring(cut + 1);
    if (!StaticKeyConfig.isSecret(secret) || (cut >= 0 && !KeyConfig.isName(name))) {
      problem(at, Shown.HIDDEN, ALLOWED);
    } else if (keys.size() >= AccessConfig.KEYS_MAX) {
      problem(at, "one more key", "at most " + AccessConfig.KEYS_MAX + " together");
    } else if (secrets.add(secret)) {
      if (!name.isEmpty() && !names.add(name)) {
        problem(at, "the name of another key", "names that differ");
        return;
      }
      keys.add(
          new StaticKeyConfig(
              KeyConfig.named(name.isEmpty() ? freeName() : name),
              new Secret(secret),
              StaticKeyConfig.Source.ENVIRONMENT));
    }
  }

  /** Where the name ends; -1 where there is none. */
  private static int cut(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' || c == ':') {
        // What follows a key's padding is nothing.
        return text.substring(i).chars().allMatch(rest -> rest == '=') ? -1 : i;
      }
    }
    return -1;
  }

  private String freeName() {
    String name;
    do {
      nameless++;
      name = "env-" + nameless;
    } while (!names.add(name));
    return name;
  }

  private void problem(String at, String found, String allowed) {
    problems.add(new Problem("environment", 0, at, found, allowed, Optional.empty()));
  }
}
