package dev.parley.hub.access;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Scope;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.KeyConfig;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What somebody says that a key shall stand for, not looked at yet. Empty texts and lists say
 * nothing.
 */
public record KeyDraft(
    String name,
    String owner,
    List<String> tags,
    Optional<Instant> expires,
    List<String> models,
    List<String> capabilities,
    List<String> backends,
    Scope.Pinning pinning,
    String priorityMax,
    String role,
    AllowanceConfig allowance) {

  private static final int NAMES_MAX = 1_000;
  private static final String MODELS_ALLOWED =
      KeyConfig.NAME_ALLOWED + ", and * at the end only, for all that begin so";

  /**
   * What it says.
   *
   * @throws HubException InvalidRequest that names the member, such as {@code capabilities}
   */
  public KeyConfig config() {
    check("name", name, KeyConfig::isName, KeyConfig.NAME_ALLOWED);
    if (!owner.isEmpty()) {
      check("owner", owner, KeyConfig::isName, KeyConfig.NAME_ALLOWED);
    }
    checkAll("tags", tags, KeyConfig.TAGS_MAX, KeyConfig.NAME_ALLOWED);
    String names = KeyConfig.NAME_ALLOWED;
    checkAll("models", models, NAMES_MAX, MODELS_ALLOWED);
    models.forEach(model -> check("models", model, KeyConfig::isStarAtEnd, MODELS_ALLOWED));
    checkAll("backends", backends, NAMES_MAX, names);
    Set<Capability> can = new HashSet<>();
    for (String capability : capabilities) {
      can.add(
          Capability.byName(capability)
              .orElseThrow(() -> unknown("capabilities", capability, Capability.wireNames())));
    }
    Priority best =
        priorityMax.isEmpty()
            ? Priority.INTERACTIVE
            : Priority.byName(priorityMax)
                .orElseThrow(() -> unknown("priority_max", priorityMax, Priority.wireNames()));
    return new KeyConfig(
        name,
        owner,
        Set.copyOf(tags),
        expires,
        new Scope(models, can, Set.copyOf(backends), pinning),
        best,
        role.isEmpty() ? KeyConfig.Role.CALLER : role(role),
        allowance);
  }

  private static KeyConfig.Role role(String text) {
    List<KeyConfig.Role> roles = List.of(KeyConfig.Role.values());
    return roles.stream()
        .filter(role -> role.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            unknown(
                "role",
                text,
                roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList()));
  }

  private static void checkAll(String field, List<String> values, int most, String allowed) {
    if (values.size() > most) {
      throw invalid(field, values.size() + " of them", "at most " + most);
    }
    values.forEach(value -> check(field, value, KeyConfig::isName, allowed));
  }

  private static void check(String field, String value, Predicate<String> form, String allowed) {
    if (!form.test(value)) {
      throw invalid(field, "'" + Shown.text(value) + "'", allowed);
    }
  }

  private static HubException unknown(String field, String value, List<String> known) {
    String nearest =
        NearestName.of(value, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    return invalid(
        field, "'" + Shown.text(value) + "'", "one of " + String.join(", ", known) + nearest);
  }

  private static HubException invalid(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }
}
