package dev.parley.arch.violations.hub.edge.other;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Makes a status of its own. */
public final class EdgeBuildsStatus {

  private EdgeBuildsStatus() {}

  public static StatusRuntimeException internal() {
    return Status.INTERNAL.asRuntimeException();
  }
}
