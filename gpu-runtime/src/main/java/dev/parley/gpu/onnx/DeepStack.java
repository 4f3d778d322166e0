package dev.parley.gpu.onnx;

import ai.onnxruntime.OrtException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs what recurses deeply in native code on a thread of its own, with room for it. ONNX Runtime
 * looks through texts by recursion when its environment is made: how deep depends on the machine
 * and on the program's command line, and on the stack that Java gives a thread by default it can
 * end the whole process, without a message.
 */
final class DeepStack {

  /** Address space, of which memory is taken as it is used. */
  private static final long BYTES = 64L << 20;

  private DeepStack() {}

  static <T> T call(Callable<T> work) throws OrtException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread =
        Thread.ofPlatform().daemon().name("parley-model-load").stackSize(BYTES).start(task);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result(task);
  }

  private static <T> T result(FutureTask<T> task) throws OrtException {
    try {
      return task.resultNow();
    } catch (IllegalStateException e) {
      switch (task.exceptionNow()) {
        case OrtException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw e;
      }
    }
  }
}
