package dev.parley.core.spi;

import dev.parley.core.model.Capability;
import java.util.OptionalInt;
import java.util.Set;

/** A kind of server that the hub can talk to; one of each is registered at assembly. */
public interface BackendType {

  /** The {@code type} that configuration uses, such as {@code vllm-omni}. */
  String name();

  /** What a model of such a server can do when neither the operator nor the server says. */
  Set<Capability> defaultCapabilities();

  /**
   * How many calls such a server works on at a time, where the operator does not say; empty where
   * nothing speaks against the hub's usual number.
   */
  default OptionalInt usualConcurrency() {
    return OptionalInt.empty();
  }

  /** Opens a backend of this kind; makes no call yet. */
  Backend open(BackendSpec spec);
}
