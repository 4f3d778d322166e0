package dev.parley.hub.edge.grpc.document;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;

/** Refusals of a request's members. */
final class Invalid {

  private Invalid() {}

  static HubException field(String path, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(path, got, expected));
  }
}
