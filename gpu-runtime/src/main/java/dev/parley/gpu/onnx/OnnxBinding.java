package dev.parley.gpu.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.Shapes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors over direct buffers, made once: a run neither copies nor allocates what is large. */
final class OnnxBinding implements Binding {

  private final OnnxModel model;
  private final Map<String, FloatBuffer> inputs = new HashMap<>();
  private final Map<String, FloatBuffer> outputs = new HashMap<>();
  private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
  private final long batch;

  OnnxBinding(OnnxModel model, OrtEnvironment environment, Shapes shapes) throws OrtException {
    this.model = model;
    this.batch = shapes.inputs().values().stream().findFirst().map(shape -> shape[0]).orElse(1L);
    try {
      for (Map.Entry<String, long[]> input : shapes.inputs().entrySet()) {
        FloatBuffer values = floats(Shapes.count(input.getValue()));
        inputs.put(input.getKey(), values);
        fed.put(input.getKey(), OnnxTensor.createTensor(environment, values, input.getValue()));
      }
      for (Map.Entry<String, Long> scalar : shapes.scalars().entrySet()) {
        LongBuffer value =
            ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
        value.put(0, scalar.getValue());
        fed.put(scalar.getKey(), OnnxTensor.createTensor(environment, value, new long[0]));
      }
      for (Map.Entry<String, long[]> output : shapes.outputs().entrySet()) {
        FloatBuffer values = floats(Shapes.count(output.getValue()));
        outputs.put(output.getKey(), values);
        pinned.put(
            output.getKey(), OnnxTensor.createTensor(environment, values, output.getValue()));
      }
    } catch (OrtException | RuntimeException e) {
      close();
      throw e;
    }
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
    try (OrtSession.Result _ = model.session().run(fed, Set.of(), pinned)) {
      model.ran(batch);
    } catch (OrtException e) {
      throw new ModelFailedException("model " + model.name() + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    fed.values().forEach(OnnxTensor::close);
    pinned.values().forEach(OnnxTensor::close);
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
