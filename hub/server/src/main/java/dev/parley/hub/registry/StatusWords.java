package dev.parley.hub.registry;

import dev.parley.core.spi.BackendStatus;
import java.util.Optional;

/** The words for a backend's state in logs, health answers and listings. */
public final class StatusWords {

  private StatusWords() {}

  public static String of(BackendStatus status) {
    return switch (status) {
      case BackendStatus.Healthy _ -> "healthy";
      case BackendStatus.Loading _ -> "loading";
      case BackendStatus.Down _ -> "down";
    };
  }

  /** A backend that was not probed yet is {@code unknown}. */
  public static String of(Optional<BackendStatus> status) {
    return status.map(StatusWords::of).orElse("unknown");
  }
}
