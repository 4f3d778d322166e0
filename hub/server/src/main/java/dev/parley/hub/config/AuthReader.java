package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code auth} of a backend, and its older form as two keys. */
final class AuthReader {

  private static final List<String> SCHEMES = List.of("none", "bearer", "basic", "header");
  private static final String USER_ALLOWED = "a user name without ':' and control characters";
  private static final AuthConfig NONE = new AuthConfig.None();

  private AuthReader() {}

  /** What is wrong is reported and read as no authentication; the whole file is refused then. */
  static AuthConfig read(Reading reading, Node node, Spot spot) {
    YamlMap map = YamlMap.ofAnyKeys(reading, node, spot);
    if (!(node instanceof MappingNode)) {
      return NONE;
    }
    Optional<String> scheme =
        map.required("scheme", "one of " + String.join(", ", SCHEMES))
            .flatMap(text -> text.oneOf(SCHEMES));
    return scheme.map(name -> read(map, name)).orElse(NONE);
  }

  private static AuthConfig read(YamlMap map, String scheme) {
    return switch (scheme) {
      case "bearer" -> {
        knows(map, "token");
        yield secret(map, "token").<AuthConfig>map(AuthConfig.Bearer::new).orElse(NONE);
      }
      case "basic" -> {
        knows(map, "user", "password");
        Optional<String> user = map.required("user", USER_ALLOWED).flatMap(AuthReader::user);
        Optional<Secret> password = secret(map, "password");
        yield both(user, password).map(AuthConfig.class::cast).orElse(NONE);
      }
      case "header" -> {
        knows(map, "name", "value");
        Optional<String> name = map.required("name", HeaderName.ALLOWED).flatMap(AuthReader::name);
        Optional<Secret> value = secret(map, "value");
        yield name.isPresent() && value.isPresent()
            ? new AuthConfig.Header(name.get(), value.get())
            : NONE;
      }
      default -> {
        knows(map);
        yield NONE;
      }
    };
  }

  /** {@code auth_user} and {@code auth_password}; empty ones count as not given. */
  static AuthConfig readFlat(YamlMap map, Spot effective) {
    YamlMap standing = map.standingFor(effective.effective());
    Optional<Text> user = given(standing.text("auth_user", "user"));
    Optional<Text> password = given(standing.text("auth_password", "password"));
    if (user.isPresent() && !map.has("auth_password")) {
      map.missing("auth_password", "the password that goes with auth_user");
    }
    return both(
            user.isPresent() ? user.flatMap(AuthReader::user) : Optional.of(""),
            password.flatMap(Text::secret))
        .map(AuthConfig.class::cast)
        .orElse(NONE);
  }

  private static Optional<Text> given(Optional<Text> text) {
    return text.filter(t -> !t.value().isEmpty());
  }

  private static void knows(YamlMap map, String... keys) {
    map.refuseOthers(Stream.concat(Stream.of("scheme"), Stream.of(keys)).toList());
  }

  private static Optional<Secret> secret(YamlMap map, String key) {
    return map.required(key, "a value, best taken from the environment as ${NAME}")
        .flatMap(Text::secret);
  }

  private static Optional<String> user(Text text) {
    return text.matching(AuthConfig.Basic::isUser, USER_ALLOWED);
  }

  private static Optional<String> name(Text text) {
    return text.matching(
        name -> HeaderName.isUsable(HeaderName.normalised(name), HeaderName.Use.CREDENTIALS),
        HeaderName.ALLOWED);
  }

  private static Optional<AuthConfig.Basic> both(Optional<String> user, Optional<Secret> password) {
    return user.flatMap(name -> password.map(secret -> new AuthConfig.Basic(name, secret)));
  }
}
