package dev.parley.gpu.device;

import java.util.ArrayList;
import java.util.List;

/**
 * Loads a network with the first of several runtimes that knows it: a fast one that knows little
 * before one that knows everything. Thread-safe if they are. The runtimes stay with their owners.
 */
public final class FirstThatLoads implements ModelRuntime {

  private final List<ModelRuntime> runtimes;

  /**
   * @param runtimes in the order of preference, at least one
   */
  public FirstThatLoads(ModelRuntime... runtimes) {
    this.runtimes = List.of(runtimes);
    if (this.runtimes.isEmpty()) {
      throw new IllegalArgumentException("runtimes: none (expected: at least one)");
    }
  }

  @Override
  public Model load(String name, byte[] onnx) {
    List<ModelFailedException> refusals = new ArrayList<>();
    for (ModelRuntime runtime : runtimes) {
      try {
        return runtime.load(name, onnx);
      } catch (ModelFailedException e) {
        refusals.add(e);
      }
    }
    ModelFailedException last = refusals.removeLast();
    refusals.forEach(last::addSuppressed);
    throw last;
  }

  /** What all of them hold; runtime and device are those of the last one. */
  @Override
  public RuntimeStatus status() {
    List<RuntimeStatus> all = runtimes.stream().map(ModelRuntime::status).toList();
    RuntimeStatus last = all.getLast();
    return new RuntimeStatus(
        last.runtime(),
        last.device(),
        last.note(),
        all.stream().flatMap(status -> status.models().stream()).toList());
  }

  /** Does nothing: whoever made the runtimes closes them. */
  @Override
  public void close() {}
}
