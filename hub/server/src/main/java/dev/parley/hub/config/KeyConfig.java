package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a key stands for, whether the configuration or the database has it; without the key itself.
 *
 * @param name the only one of its name; what logs, rules, limits and the ledger call it
 * @param owner whose it is, such as a team; may be empty
 * @param tags labels that rules look at
 * @param expires from when on it is none any more; empty: never
 * @param scope what it may be used for
 * @param priorityMax the best priority that its calls may have
 * @param role what it opens
 * @param allowance how much
 */
public record KeyConfig(
    String name,
    String owner,
    Set<String> tags,
    Optional<Instant> expires,
    Scope scope,
    Priority priorityMax,
    Role role,
    AllowanceConfig allowance) {

  /** What a key opens. */
  public enum Role {
    /** The services. */
    CALLER,
    /** The services and the administration. */
    ADMIN
  }

  public static final int TAGS_MAX = 16;
  public static final String NAME_ALLOWED = ConditionsConfig.NAME_ALLOWED;

  public KeyConfig {
    tags = Set.copyOf(tags);
    if (!isName(name) || !(owner.isEmpty() || isName(owner)) || tags.size() > TAGS_MAX) {
      throw new IllegalArgumentException("not usable as a key: " + Shown.quoted(name));
    }
    tags.forEach(tag -> {
      if (!isName(tag)) {
        throw new IllegalArgumentException("not usable as a tag: " + Shown.quoted(tag));
      }
    });
  }

  /** A key of which nothing but the name is said. */
  public static KeyConfig named(String name) {
    return new KeyConfig(
        name,
        "",
        Set.of(),
        Optional.empty(),
        Scope.EVERYTHING,
        Priority.INTERACTIVE,
        Role.CALLER,
        AllowanceConfig.UNLIMITED);
  }

  /** Whether a name of models has its star, if any, at its end: elsewhere it stands for nothing. */
  public static boolean isStarAtEnd(String model) {
    int star = model.indexOf('*');
    return star < 0 || star == model.length() - 1;
  }

  /** Whether this can be the name of a key, an owner or a tag. */
  public static boolean isName(String text) {
    return ConditionsConfig.isName(text);
  }
}
