package dev.parley.core.spi;

/** How a backend answered a probe. Busy is healthy: only a backend that cannot serve is down. */
public sealed interface BackendStatus {

  /** What an operator should read; empty when there is nothing to say. */
  String detail();

  /** Ready to serve. */
  record Healthy(String detail) implements BackendStatus {}

  /** Alive, its model is still loading. */
  record Loading(String detail) implements BackendStatus {}

  /** Not reachable, refusing the hub's credentials or failing. */
  record Down(String detail) implements BackendStatus {}
}
