package dev.parley.gpu.graph;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.ModelFailedException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** The one array of a caller, and windows on it. */
final class GraphBinding implements Binding {

  private final GraphModel model;
  private final Plan plan;
  private final long batch;
  private final float[] values;
  private final Map<String, FloatBuffer> inputs = new HashMap<>();
  private final Map<String, FloatBuffer> outputs = new HashMap<>();

  GraphBinding(GraphModel model, Plan plan, long batch) {
    this.model = model;
    this.plan = plan;
    this.batch = batch;
    this.values = new float[plan.length()];
    plan.inputs().forEach((name, buffer) -> inputs.put(name, window(buffer)));
    plan.outputs().forEach((name, buffer) -> outputs.put(name, window(buffer)));
  }

  private FloatBuffer window(Buffer buffer) {
    return FloatBuffer.wrap(values, buffer.place, buffer.size).slice();
  }

  @Override
  public FloatBuffer input(String name) {
    return known(inputs, name, "input");
  }

  @Override
  public FloatBuffer output(String name) {
    return known(outputs, name, "output");
  }

  private FloatBuffer known(Map<String, FloatBuffer> buffers, String name, String what) {
    FloatBuffer buffer = buffers.get(name);
    if (buffer == null) {
      throw new ModelFailedException(
          "model " + model.name() + " is bound without " + what + " " + name);
    }
    return buffer;
  }

  @Override
  public void run() {
    plan.run(values);
    model.ran(batch);
  }

  @Override
  public void close() {
    // There is nothing but memory.
  }
}
