package dev.parley.gpu.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Device;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.RuntimeStatus;
import dev.parley.gpu.device.Shapes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A session of ONNX Runtime. Thread-safe. */
final class OnnxModel implements Model {

  private final String name;
  private final Device device;
  private final long bytes;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxRuntime owner;
  private final LongAdder runs = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final AtomicBoolean closed = new AtomicBoolean();

  OnnxModel(
      String name,
      Device device,
      long bytes,
      OrtEnvironment environment,
      OrtSession session,
      OnnxRuntime owner) {
    this.name = name;
    this.device = device;
    this.bytes = bytes;
    this.environment = environment;
    this.session = session;
    this.owner = owner;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Binding bind(Shapes shapes) {
    try {
      return new OnnxBinding(this, environment, shapes);
    } catch (OrtException e) {
      throw new ModelFailedException("model " + name + ": " + e.getMessage(), e);
    }
  }

  OrtSession session() {
    return session;
  }

  void ran(long batch) {
    runs.increment();
    rows.add(batch);
  }

  RuntimeStatus.Loaded loaded() {
    return new RuntimeStatus.Loaded(name, device, bytes, runs.sum(), rows.sum());
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    owner.closed(this);
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelFailedException("model " + name + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
