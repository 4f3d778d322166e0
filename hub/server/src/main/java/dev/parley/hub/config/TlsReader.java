package dev.parley.hub.config;

import dev.parley.core.spi.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads both kinds of {@code tls}. What is in the files is not looked at here. */
final class TlsReader {

  private static final List<String> LISTENER_KEYS =
      List.of("certificate", "key", "client_ca", "client_auth");
  private static final List<String> BACKEND_KEYS = List.of("ca", "certificate", "key");
  private static final String FILE = "the path of a PEM file";
  private static final int PATH_CHARS_MAX = 4_096;

  private TlsReader() {}

  /** The one of {@code server}. */
  static Optional<ListenerTls> listener(YamlMap server) {
    return server.map("tls", LISTENER_KEYS).flatMap(TlsReader::listenerOf);
  }

  private static Optional<ListenerTls> listenerOf(YamlMap map) {
    Optional<Path> certificate = map.required("certificate", FILE).flatMap(TlsReader::path);
    Optional<Path> key = map.required("key", FILE).flatMap(TlsReader::path);
    Optional<Path> ca = file(map, "client_ca");
    Optional<ListenerTls.ClientAuth> said =
        map.text("client_auth")
            .flatMap(
                text -> text.named(ListenerTls.ClientAuth::byName, ListenerTls.ClientAuth.names()));
    ListenerTls.ClientAuth auth =
        said.orElse(
            map.has("client_ca") ? ListenerTls.ClientAuth.REQUIRE : ListenerTls.ClientAuth.NONE);
    if (auth == ListenerTls.ClientAuth.NONE && map.has("client_ca")) {
      map.text("client_auth")
          .ifPresent(text -> text.refused("request or require, or no client_ca"));
      return Optional.empty();
    }
    if (auth != ListenerTls.ClientAuth.NONE && !map.has("client_ca")) {
      map.missing("client_ca", FILE + " with those whose certificates callers may show");
      return Optional.empty();
    }
    if (certificate.isEmpty() || key.isEmpty() || ca.isPresent() != map.has("client_ca")) {
      return Optional.empty();
    }
    return Optional.of(new ListenerTls(new TlsFiles(ca, certificate, key), auth));
  }

  /** The one of a backend. */
  static Optional<TlsFiles> backend(YamlMap backend, boolean https) {
    return backend
        .map("tls", BACKEND_KEYS)
        .flatMap(map -> {
          if (!https) {
            map.problem("tls for a backend without it", "a base_url that begins with https://");
            return Optional.empty();
          }
          return backendOf(map);
        });
  }

  private static Optional<TlsFiles> backendOf(YamlMap map) {
    for (String key : List.of("certificate", "key")) {
      String other = key.equals("key") ? "certificate" : "key";
      if (map.has(other) && !map.has(key)) {
        map.missing(key, FILE + ", as " + other + " is given");
        return Optional.empty();
      }
    }
    Optional<Path> ca = file(map, "ca");
    Optional<Path> certificate = file(map, "certificate");
    Optional<Path> key = file(map, "key");
    if (BACKEND_KEYS.stream().noneMatch(map::has)) {
      if (map.isMap()) {
        map.problem("nothing", "ca, or certificate and key, or all three");
      }
      return Optional.empty();
    }
    boolean all =
        ca.isPresent() == map.has("ca")
            && certificate.isPresent() == map.has("certificate")
            && key.isPresent() == map.has("key");
    return all ? Optional.of(new TlsFiles(ca, certificate, key)) : Optional.empty();
  }

  private static Optional<Path> file(YamlMap map, String key) {
    return map.text(key).flatMap(TlsReader::path);
  }

  private static Optional<Path> path(Text text) {
    return text.matching(TlsReader::isPath, FILE).map(Path::of);
  }

  private static boolean isPath(String text) {
    return !text.isBlank()
        && text.length() <= PATH_CHARS_MAX
        && text.chars().noneMatch(Character::isISOControl);
  }
}
