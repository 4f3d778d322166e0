package dev.parley.core.model;

/** A model on a backend: where one attempt of a call goes. */
public record Target(String backend, String model) {

  public Target {
    if (backend.isEmpty() || model.isEmpty()) {
      throw new IllegalArgumentException("target: backend and model must not be empty");
    }
  }

  @Override
  public String toString() {
    return backend + "/" + model;
  }
}
