package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import java.io.Serial;

/** Anybody who reaches the hub could use it, and nobody said that this is meant. */
public final class OpenHubException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  OpenHubException(String host) {
    super(
        "server.host is "
            + Shown.quoted(host)
            + ", which others may reach, and there is no key yet. Make one with: parley keys create"
            + " NAME. Or name one under access.keys of hub.yaml or in PARLEY_API_KEYS, listen on"
            + " 127.0.0.1, or say access.open: everywhere if all who reach it may use it");
  }
}
