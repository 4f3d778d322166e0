package dev.parley.hub.app;

import dev.parley.core.model.Capability;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.registry.ServedModel;
import dev.parley.hub.registry.StatusWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a started hub says of itself in a few lines. */
final class Banner {

  private static final int BACKENDS_MAX = 12;

  private Banner() {}

  /** The address for callers on this machine. */
  static String url(ServerConfig server, int port) {
    String host = server.host();
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    String shown = any ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return (server.tls().isPresent() ? "https://" : "http://") + shown + ":" + port;
  }

  static List<String> lines(RegistrySnapshot snapshot, String url, String source) {
    List<String> lines = new ArrayList<>();
    lines.add("Parley " + Version.text() + " on " + url + "   (" + source + ")");
    Table table = new Table("", "BACKEND", "TYPE", "STATE", "MODELS", "URL");
    snapshot.backends().stream().limit(BACKENDS_MAX).forEach(backend -> row(table, backend));
    if (!snapshot.backends().isEmpty()) {
      lines.addAll(table.lines());
    }
    int more = snapshot.backends().size() - BACKENDS_MAX;
    if (more > 0) {
      lines.add("  and " + more + " more");
    }
    String defaults =
        Stream.of(Capability.values())
            .flatMap(capability ->
                snapshot
                    .defaultModel(capability)
                    .map(model -> capability.wireName() + " = " + model)
                    .stream())
            .collect(Collectors.joining(", "));
    if (!defaults.isEmpty()) {
      lines.add("Defaults: " + defaults);
    }
    firstChatModel(snapshot).ifPresent(model -> lines.add("Try: " + curl(url, model)));
    lines.add("Stop: Ctrl-C");
    return lines;
  }

  private static void row(Table table, RegisteredBackend backend) {
    table.row(
        "",
        backend.id(),
        backend.config().type(),
        StatusWords.of(backend.status()),
        backend.isUncharted() ? "?" : Integer.toString(backend.models().size()),
        backend.config().baseUrl().toString());
  }

  private static Optional<String> firstChatModel(RegistrySnapshot snapshot) {
    return snapshot.models().stream()
        .filter(model -> model.info().capabilities().contains(Capability.CHAT))
        .map(ServedModel::name)
        // It goes into a line that people paste into a shell.
        .filter(name -> name.matches("[A-Za-z0-9._:/@+-]+"))
        .findFirst();
  }

  private static String curl(String url, String model) {
    return "curl "
        + url
        + "/v1/chat/completions -H 'content-type: application/json' -d '{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'";
  }
}
