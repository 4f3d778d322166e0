package dev.parley.gpu.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.parley.gpu.device.Device;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.device.RuntimeStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Networks through ONNX Runtime, each run on the one thread that asks for it: parallelism comes
 * from many callers, not from within a run. Thread-safe.
 */
public final class OnnxRuntime implements ModelRuntime {

  private final DeviceSettings settings;
  private final Consumer<String> notice;
  private final Set<OnnxModel> open = ConcurrentHashMap.newKeySet();
  private final List<OnnxModel> order = new CopyOnWriteArrayList<>();
  private @Nullable Place place;

  /** Where networks go, and why there if it was wished for otherwise. */
  private record Place(OrtEnvironment environment, Device device, String note) {}

  /**
   * Looks for nothing yet.
   *
   * @param notice takes the one line that says why a GPU is not used, if there is something to say
   */
  public OnnxRuntime(DeviceSettings settings, Consumer<String> notice) {
    this.settings = settings;
    this.notice = notice;
  }

  @Override
  public Model load(String name, byte[] onnx) {
    Place where = place();
    try (OrtSession.SessionOptions options = options(where.device())) {
      OrtSession session = DeepStack.call(() -> where.environment().createSession(onnx, options));
      OnnxModel model =
          new OnnxModel(name, where.device(), onnx.length, where.environment(), session, this);
      open.add(model);
      order.add(model);
      return model;
    } catch (OrtException e) {
      throw new ModelFailedException("model " + name + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  void closed(OnnxModel model) {
    open.remove(model);
    order.remove(model);
  }

  @Override
  public synchronized RuntimeStatus status() {
    Place where = place;
    return new RuntimeStatus(
        where == null ? "ONNX Runtime" : "ONNX Runtime " + where.environment().getVersion(),
        where == null ? Device.CPU : where.device(),
        where == null ? "" : where.note(),
        order.stream().map(OnnxModel::loaded).toList());
  }

  @Override
  public void close() {
    List.copyOf(open).forEach(OnnxModel::close);
  }

  private synchronized Place place() {
    Place found = place;
    if (found == null) {
      found = look();
      place = found;
      if (!found.note().isEmpty()) {
        notice.accept(found.note());
      }
    }
    return found;
  }

  private Place look() {
    OrtEnvironment environment;
    try {
      environment = DeepStack.call(OnnxRuntime::environment);
    } catch (OrtException | LinkageError e) {
      throw new ModelFailedException(
          "ONNX Runtime does not run on this machine: " + e.getMessage(), e);
    }
    if (settings.wish() == DeviceSettings.Wish.CPU) {
      return new Place(environment, Device.CPU, "");
    }
    CudaDriver driver = CudaDriver.look();
    if (driver.devices() == 0) {
      String note =
          settings.wish() == DeviceSettings.Wish.CUDA
              ? "networks run on the CPU: " + driver.reason()
              : "";
      return new Place(environment, Device.CPU, note);
    }
    if (settings.index() >= driver.devices()) {
      return new Place(
          environment,
          Device.CPU,
          "networks run on the CPU: there is no GPU "
              + settings.index()
              + ", the last one is "
              + (driver.devices() - 1));
    }
    Device gpu = new Device(Device.Kind.CUDA, settings.index());
    try (OrtSession.SessionOptions _ = options(gpu)) {
      return new Place(environment, gpu, "");
    } catch (OrtException | LinkageError e) {
      return new Place(
          environment, Device.CPU, "networks run on the CPU: CUDA does not load: " + line(e));
    }
  }

  private static OrtEnvironment environment() throws OrtException {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "parley");
    environment.setTelemetry(false);
    return environment;
  }

  private OrtSession.SessionOptions options(Device device) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    try {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // Values below the normal range make recurrent networks many times slower in silence.
      options.addConfigEntry("session.set_denormal_as_zero", "1");
      if (device.kind() == Device.Kind.CUDA) {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.index())) {
          if (settings.memoryBytesMax() > 0) {
            cuda.add("gpu_mem_limit", Long.toString(settings.memoryBytesMax()));
          }
          cuda.add("arena_extend_strategy", "kSameAsRequested");
          options.addCUDA(cuda);
        }
      }
      return options;
    } catch (OrtException | LinkageError e) {
      options.close();
      throw e;
    }
  }

  private static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.lines().findFirst().orElse(message).strip();
  }
}
